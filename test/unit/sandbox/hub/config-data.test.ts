import { describe, expect, test } from 'vitest';
import { normaliseYaml } from '../../../../runner/sandbox/hub/config-data.ts';

const ROWS: readonly (readonly [name: string, text: string, stored: string])[] = [
  [
    'a comment of its own stays with what follows',
    'a: 1\n---\n# why\n---\nb: 1\n',
    'a: 1\n---\n# why\nb: 1\n',
  ],
  ['at the end it stays at the end', 'a: 1\n---\n# last\n', 'a: 1\n\n# last\n'],
  ['several stay in order', '# x\n\n---\n# y\n---\n# z\na: 1\n', '# x\n# y\n# z\na: 1\n'],
  [
    'a folded text keeps its lines',
    'a: >-\n    one\n    two\n\n    three\n',
    'a: >-\n  one\n  two\n\n  three\n',
  ],
  [
    'also in a list, with a comment',
    'a:\n  - >- # why\n    one\n    two\n  - b\n',
    'a:\n- >- # why\n  one\n  two\n- b\n',
  ],
  [
    'what is indented deeper stays so',
    'a: >\n  one\n    two\n  three\nb: 1\n',
    'a: >\n  one\n    two\n  three\nb: 1\n',
  ],
  ['numbers are written as they were', 'a: 0644\nb: 9007199254740993\n', 'a: 0644\nb: 9007199254740993\n'],
];

describe('configuration data at the door', () => {
  test.for(ROWS)('%s', ([, text, stored]) => {
    expect(normaliseYaml(text)).toBe(stored);
    expect(normaliseYaml(stored)).toBe(stored);
  });
});
