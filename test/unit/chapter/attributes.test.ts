/** The attribute grammar: what is written is read back, and what is no attribute is said to be none. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseAttributes, renderAttributes } from '../../../runner/chapter/attributes.ts';
import { parseInfoString } from '../../../runner/chapter/info-string.ts';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
const item = fc.oneof(
  fc.record({
    kind: fc.constantFrom('class' as const, 'id' as const, 'flag' as const),
    name,
    value: fc.constant(''),
  }),
  fc.record({ kind: fc.constant('key' as const), name, value: fc.string({ minLength: 1 }) }),
);

test('parse(render(x)) = x', () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const text = `${renderAttributes(items)}} after`;
      const list = parseAttributes(text, 0);
      expect(list.faults).toEqual([]);
      expect(list.items.map(({ kind, name, value }) => ({ kind, name, value }))).toEqual(items);
      expect(text.slice(list.end)).toBe(' after');
    }),
  );
});

test('any text is read to an end, with places inside it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { items, faults, end } = parseAttributes(text, 0);
      expect(end).toBeLessThanOrEqual(text.length);
      for (const part of [...items, ...faults]) expect(part.end).toBeLessThanOrEqual(text.length);
    }),
  );
});

test.for([
  ['bash {.run}', 'bash', '.run'],
  ['Bash {.run key="a } b"} {1,3}', 'bash', '.run key="a } b"'],
  ["bash {.run key='it is' other=a\\:b}", 'bash', '.run key="it is" other=a:b'],
  ['js {1,3-5}', 'js', undefined],
  ['vue {{ x }}', 'vue', undefined],
  ['js {}', 'js', undefined],
  ['js title="{x}"', 'js', undefined],
  ['yaml title="x" {.excerpt of=a} linenos', 'yaml', '.excerpt of=a'],
  ['', '', undefined],
] as const)('info string %s', ([info, language, attributes]) => {
  const parsed = parseInfoString(info);
  expect(parsed.language).toBe(language);
  expect(parsed.attributes && renderAttributes(parsed.attributes)).toBe(attributes);
});
