import { expect, it } from 'vitest';
import { packJson, printJson, shapeAs, sortKeys } from '../../../../runner/sandbox/cub/go-json.ts';

const ZERO_TIME = '0001-01-01T00:00:00Z';
const ZERO_ID = '00000000-0000-0000-0000-000000000000';

const SHAPES = [
  {
    name: 'zero values of a struct',
    kind: 'Tag',
    value: { Slug: 'v1', Unknown: 1, DisplayName: '' },
    shaped: {
      CreatedAt: ZERO_TIME,
      OrganizationID: ZERO_ID,
      Slug: 'v1',
      SpaceID: ZERO_ID,
      TagID: ZERO_ID,
      UpdatedAt: ZERO_TIME,
    },
  },
  { name: 'a nil pointer', kind: '*Tag', value: undefined, shaped: null },
  { name: 'a nil list', kind: '[]string', value: undefined, shaped: null },
  { name: 'an empty list', kind: '[]string', value: [], shaped: [] },
  { name: 'a map by key', kind: '{}string', value: { b: '2', a: '1' }, shaped: { a: '1', b: '2' } },
  {
    name: 'the shortest fraction',
    kind: 'time',
    value: '2026-01-02T03:04:05.120000Z',
    shaped: '2026-01-02T03:04:05.12Z',
  },
];

it.each(SHAPES)('shapes $name', ({ kind, value, shaped }) => {
  expect(JSON.stringify(shapeAs(kind, value))).toBe(JSON.stringify(shaped));
});

it('keeps the order of the struct, not of the answer', () => {
  const unit = shapeAs('Unit', { Slug: 'a', Annotations: { x: 'y' } });
  expect(Object.keys(unit as object).slice(0, 3)).toEqual(['Annotations', 'ApprovedBy', 'CreatedAt']);
});

it('escapes what Go escapes', () => {
  expect(packJson('<a> & \u2028 "é"')).toBe(String.raw`"\u003ca\u003e \u0026 \u2028 \"é\""`);
  expect(printJson({ a: [], b: {}, c: [1] })).toBe('{\n  "a": [],\n  "b": {},\n  "c": [\n    1\n  ]\n}');
});

it('sorts keys at every depth', () => {
  expect(JSON.stringify(sortKeys({ b: [{ d: 1, c: 2 }], a: null }))).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
