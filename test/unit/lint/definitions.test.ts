import { expect, test } from 'vitest';
import { readDefinitions } from '../../../runner/lint/definitions.ts';

const CASES: readonly (readonly [string, readonly (readonly [string, boolean])[]])[] = [
  ['export PREFIX="${MTX_PREFIX:-demo}"', [['PREFIX', true]]],
  ['TARGET="$(cub target list --space s --jq \'.[0]\')"\ntest -n "$TARGET"', [['TARGET', true]]],
  ['ID="$(cub space create s --quiet)"', [['ID', false]]],
  [
    'A=1 B=2',
    [
      ['A', true],
      ['B', true],
    ],
  ],
  ['A=1 cub space list', [['A', false]]],
  ['greet() { echo "$1"; }', [['greet', true]]],
  [
    'for E in dev prod; do LAST="$E"; done',
    [
      ['E', false],
      ['LAST', false],
    ],
  ],
  [
    'read -r FIRST REST < <(kubectl get nodes -o name)',
    [
      ['FIRST', false],
      ['REST', false],
    ],
  ],
  ['(A=1; echo "$A")\necho "$(B=2)"', []],
];

test.each(CASES)('%s', (source, expected) => {
  expect(readDefinitions(source).map(({ name, repeatable }) => [name, repeatable])).toEqual(expected);
});

test('a definition is its statement, byte for byte, with its place', () => {
  expect(readDefinitions('cub space list\n\nA="$(\n  cub space list\n)" # why\n')).toEqual([
    { name: 'A', text: 'A="$(\n  cub space list\n)"', at: 16, repeatable: true },
  ]);
});
