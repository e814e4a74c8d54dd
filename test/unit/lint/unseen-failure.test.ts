import { expect, test } from 'vitest';
import { mayFailUnseen } from '../../../runner/lint/unseen-failure.ts';

const UNSEEN = [
  'test "$A" = "$B" && echo same',
  'echo before\n[[ -n $A ]] && echo yes # at the end',
  'cub space create s &&\n  cub unit create u k8s/u.yaml --space s',
  'for A in a b; do test "$A" = b && echo b; done',
  'if true; then ! grep -q x file; fi',
  '! kubectl get namespace x',
];

const SEEN = [
  '',
  '# nothing',
  'cub space create s',
  'false && echo no\necho after',
  'cub unit list --space s | sort',
  '[[ -n $A ]]',
  '(cd x; false)',
  'for A in a b; do cub space create "$A"; done',
  'if [[ $A -gt 3 ]]; then A=3; fi',
];

test.each(UNSEEN)('set -e is blind for the end of %j', (text) => expect(mayFailUnseen(text)).toBe(true));

test.each(SEEN)('set -e sees the end of %j', (text) => expect(mayFailUnseen(text)).toBe(false));
