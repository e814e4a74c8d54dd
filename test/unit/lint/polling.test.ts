/** Which blocks may be polled. */
import { expect, test } from 'vitest';

import { parseChapter } from '../../../runner/chapter/parse.ts';
import { checkPolling } from '../../../runner/lint/polling.ts';
import { findUnsafeCommand } from '../../../runner/lint/read-only.ts';

const HARMLESS = [
  'kubectl get pods -n "$PREFIX-prod" -l app=web | grep Running',
  'kubectl -n "$NS" rollout status deploy/web --timeout=5s',
  'kubectl --context=x describe pod web 2>/dev/null >out.txt',
  'cub unit list --space "$S" --json | jq -r ".[0].Slug" | sort | head -1',
  'cub unit get web --space x && cub unit diff web --space x',
  'test "$(kubectl get ns x -o jsonpath={.status.phase})" = Active',
  'for i in $(seq 3); do if kubectl get pod "$i"; then echo ok; fi; done',
  'check() { kubectl get "$1"; }\ncheck pods',
  'x=$(cub space list --quiet); [[ $x == *a* ]] && printf "%s\\n" "$x"',
  "cat <<'EOF'\n$(rm -rf /)\nEOF",
  '# kubectl delete ns x\ntrue',
  'timeout 5 kubectl get pods; env A=b kubectl get pods; kubectl get pods -o name | xargs -n 1 kubectl get',
  "bash -c 'kubectl get pods'",
  'curl -fsS http://localhost:8080/health',
  'kubectl apply -f x.yaml --dry-run=server',
  '"kubectl" \'get\' pods',
  '! kubectl get pod gone',
  'diff <(kubectl get a) <(cub unit list)',
  'n=0; for pod in $(kubectl get pods -o name); do n=$((n + 1)); done; echo $n',
  'N=1 kubectl get pods',
  'for ((i = 0; i < 3; i++)); do echo "$i"; done',
  "kubectl get pods | sed -n '2,$p'",
  "kubectl get pods | sed -E -e 's/ +/ /g' -e '/^NAME/d' | sed 's|a|w e|;5q'",
  'curl -sX GET http://127.0.0.1/; curl -s "$URL"; curl --request=HEAD x',
  'cub --space s unit list',
  'kubectl -v6 get pods; kubectl get pods -- x',
];

const UNSAFE = [
  ['kubectl delete pod x', 'kubectl delete pod x'],
  ['echo "$(kubectl apply -f x)"', 'kubectl apply -f x'],
  ['kubectl get pods; cub unit apply web', 'cub unit apply web'],
  ['cat <<EOF\n$(cub unit create x)\nEOF', 'cub unit create x'],
  ['echo `cub unit delete x`', 'cub unit delete x'],
  ['if cub unit update x; then true; fi', 'cub unit update x'],
  ['kubectl $VERB pods', 'kubectl $VERB pods'],
  ['$TOOL get pods', '$TOOL get pods'],
  ['echo x >> log', 'echo x >> log'],
  ['{ echo x; } >> log', '>>'],
  ['kubectl get pods -o name | xargs kubectl delete', 'xargs kubectl delete'],
  ["bash -c 'kubectl delete pod x'", "bash -c 'kubectl delete pod x'"],
  ['curl -X POST http://x', 'curl -X POST http://x'],
  ['curl -sX POST http://x', 'curl -sX POST http://x'],
  ['curl -sXPOST http://x', 'curl -sXPOST http://x'],
  ['curl --request "$METHOD" http://x', 'curl --request "$METHOD" http://x'],
  ['kubectl run a --image=b -- tool --dry-run=client', 'kubectl run a --image=b -- tool --dry-run=client'],
  ['cub --space s1 --where list space delete s2', 'cub --space s1 --where list space delete s2'],
  ['N=$(( ${N:-0} + 1 )); echo "$N"', 'N=$(( ${N:-0} + 1 ))'],
  ['((N++)); echo "$N"', 'N++'],
  ['((N += 1)); echo "$N"', 'N += 1'],
  ['LIST+=x', 'LIST+=x'],
  ['export N="$N"x', 'N="$N"x'],
  ["sed '1e echo deploy >>deploys.log' x", "sed '1e echo deploy >>deploys.log' x"],
  ["sed -n 's/a/b/w out' x", "sed -n 's/a/b/w out' x"],
  ["sed 's/a/date/e' x", "sed 's/a/date/e' x"],
  ['sed -f script x', 'sed -f script x'],
  ['sed -i s/a/b/ x', 'sed -i s/a/b/ x'],
  ['f() { kubectl delete ns x; }\nf', 'kubectl delete ns x'],
  ['echo "not closed', 'echo "not closed'],
  ['kubectl -n get delete pods', 'kubectl -n get delete pods'],
  ['unheard-of', 'unheard-of'],
  ['diff <(kubectl get a) <(kubectl delete a)', 'kubectl delete a'],
] as const;

test.for(HARMLESS)('harmless: %s', (source) => {
  expect(findUnsafeCommand(source)).toBeUndefined();
});

test.for(UNSAFE)('not known to be harmless: %s', ([source, command]) => {
  expect(findUnsafeCommand(source)).toBe(command);
});

const chapter = (run: string, expectation: string, command: string): string =>
  `---\nmtx:\n---\n\`\`\`bash {.run${run}}\n${command}\n\`\`\`\n\n\`\`\`text {.expect${expectation}}\nx\n\`\`\`\n`;

test.for([
  ['', ' within=5s', 'kubectl get x', 0],
  ['', ' within=5s', 'kubectl create ns x', 1],
  [' retry', ' within=5s', 'kubectl create ns x', 0],
  ['', '', 'kubectl create ns x', 0],
] as const)('run%s expect%s: %s', ([run, expectation, command, count]) => {
  const parsed = parseChapter('x.md', chapter(run, expectation, command));
  expect(parsed.problems).toEqual([]);
  const problems = checkPolling(parsed.chapter);
  expect(problems.map(({ code, span }) => [code, span.start.line])).toEqual(
    Array.from({ length: count }, () => ['format:unsafe-polling', 8]),
  );
});
