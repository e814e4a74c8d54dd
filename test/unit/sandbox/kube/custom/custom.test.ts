/** Expected values are what kube-apiserver 1.34 answers, and the JSON paths that its documentation shows. */
import { describe, expect, test } from 'vitest';
import { refuseUnkept } from '../../../../../runner/sandbox/kube/api/refuse-unkept.ts';
import { checkSchema } from '../../../../../runner/sandbox/kube/custom/check-schema.ts';
import { resourcesOf } from '../../../../../runner/sandbox/kube/custom/custom-resources.ts';
import { defaultFields } from '../../../../../runner/sandbox/kube/custom/default-fields.ts';
import { isOfFormat } from '../../../../../runner/sandbox/kube/custom/formats.ts';
import { pruneFields } from '../../../../../runner/sandbox/kube/custom/prune-fields.ts';
import { readJsonPath } from '../../../../../runner/sandbox/kube/custom/read-json-path.ts';
import type { Json, JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';

const cases: readonly [JsonObject, Json, string[]][] = [
  [{ type: 'integer' }, 1.5, ['a: Invalid value: "number": a in body must be of type integer: "number"']],
  [{ type: 'number' }, 1, []],
  [{ type: 'string', nullable: true }, null, []],
  [{ type: 'string' }, null, ['a: Invalid value: "null": a in body must be of type string: "null"']],
  [{ 'x-kubernetes-int-or-string': true }, '80%', []],
  [{ type: 'integer', multipleOf: 3 }, 4, ['a: Invalid value: 4: a in body should be a multiple of 3']],
  [
    { type: 'integer', minimum: 1, exclusiveMinimum: true },
    1,
    ['a: Invalid value: 1: a in body should be greater than 1'],
  ],
  [
    { type: 'integer', maximum: 9, exclusiveMaximum: true },
    9,
    ['a: Invalid value: 9: a in body should be less than 9'],
  ],
  [{ type: 'string', maxLength: 2 }, 'äöü', ['a: Too long: may not be more than 2 bytes']],
  [{ type: 'string', pattern: '^x' }, 'yx', ['a: Invalid value: "yx": a in body should match \'^x\'']],
  [{ type: 'integer', enum: [1, 2] }, 3, ['a: Unsupported value: 3: supported values: "1", "2"']],
  [{ type: 'object', maxProperties: 1 }, { b: 1, c: 2 }, ['a: Too many: 2: must have at most 1 properties']],
  [{ type: 'array', items: { type: 'object', required: ['b'] } }, [{}], ['a[0].b: Required value']],
  [
    { type: 'object', additionalProperties: { type: 'string' } },
    { b: 1 },
    ['a.b: Invalid value: "integer": a.b in body must be of type string: "integer"'],
  ],
  [
    { type: 'object', oneOf: [{ required: ['b'] }, { required: ['c'] }] },
    {},
    [composed('one and only one schema (oneOf). Found none valid'), 'a.b: Required value'],
  ],
  [
    { type: 'object', oneOf: [{ required: ['b'] }, { required: ['c'] }] },
    { b: 1, c: 2 },
    [composed('one and only one schema (oneOf). Found 2 valid alternatives')],
  ],
  [{ type: 'object', oneOf: [{ required: ['b'] }, { required: ['c'] }] }, { b: 1 }, []],
  [
    { type: 'string', anyOf: [{ pattern: '^a' }, { maxLength: 2 }] },
    'bcd',
    [composed('at least one schema (anyOf)'), 'a: Invalid value: "bcd": a in body should match \'^a\''],
  ],
  [{ type: 'string', anyOf: [{ pattern: '^a' }, { maxLength: 2 }] }, 'bc', []],
  [
    { type: 'integer', allOf: [{ minimum: 3 }, { maximum: 9 }] },
    1,
    [
      'a: Invalid value: 1: a in body should be greater than or equal to 3',
      composed('all the schemas (allOf)'),
    ],
  ],
  [
    { type: 'string', not: { pattern: '^x' } },
    'xy',
    ['<nil>: Invalid value: "": "a" must not validate the schema (not)'],
  ],
  [{ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'b', []],
];

function composed(words: string): string {
  return `<nil>: Invalid value: "": "a" must validate ${words}`;
}

test.each(cases)('%j judges %j', (schema, value, expected) => {
  const problems = checkSchema({ type: 'object', properties: { a: schema } }, { a: value });
  expect(problems.map(({ field, message }) => `${field}: ${message}`)).toEqual(expected);
});

const object: JsonObject = {
  spec: { size: 3, list: [{ n: 'a' }, { n: 'b' }], 'a.b': 1 },
  status: { conditions: [{ type: 'Ready', status: 'True' }, { type: 'Old' }] },
};

test.each<[string, Json[]]>([
  ['.spec.size', [3]],
  ['.spec.list[1].n', ['b']],
  ['.spec.list[*].n', ['a', 'b']],
  [String.raw`.spec.a\.b`, [1]],
  [".spec['a.b']", [1]],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  ['.status.conditions[?(@.type == "None")].status', []],
  ['.status.nothing.here', []],
])('%s leads to %j', (path, expected) => {
  expect(readJsonPath(object, path)).toEqual(expected);
});

test.each([
  ['date-time', '2026-01-02T03:04:05Z', true],
  ['date-time', 'soon', false],
  ['date', '2026-13-02', false],
  ['ipv4', '10.0.0.1', true],
  ['ipv6', '10.0.0.1', false],
  ['uuid', 'cf8aaa07-cf1d-4ab2-aabe-3e9a0a1ea0ad', true],
  ['duration', '1h30m', true],
  ['email', 'nobody', false],
  ['of-our-own', 'anything', true],
])('of format %s: %s: %s', (format, value, expected) => {
  expect(isOfFormat(format, value)).toBe(expected);
});

describe('fields that a schema names', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: { a: { type: 'integer', default: 7 }, n: { type: 'string' } },
      },
      free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  };

  test('are kept, and no others; a null that is not allowed counts as absent', () => {
    const given = { kind: 'K', metadata: { name: 'x' }, spec: { b: 1, n: null }, free: { c: 1 } };
    expect(pruneFields(schema, given)).toEqual({
      object: { kind: 'K', metadata: { name: 'x' }, spec: {}, free: { c: 1 } },
      unknown: ['unknown field "spec.b"'],
    });
  });

  test('get their defaults where there is something to hold them', () => {
    const [empty, full]: JsonObject[] = [{}, { spec: {} }];
    defaultFields(schema, empty ?? {});
    defaultFields(schema, full ?? {});
    expect([empty, full]).toEqual([{}, { spec: { a: 7 } }]);
  });
});

test('versions are in the order of their maturity, and only served ones of an established definition count', () => {
  const version = (name: string, served = true): JsonObject => ({ name, served, schema: {} });
  const definition = (status: string): Parameters<typeof resourcesOf>[0] => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      versions: ['v1alpha1', 'v1', 'own', 'v2beta1', 'v1beta2', 'v10'].map((name) => version(name)),
    },
    status: { conditions: [{ type: 'Established', status }] },
  });
  const order = resourcesOf(definition('True')).map((resource) => resource.version);
  expect(order).toEqual(['v10', 'v1', 'v2beta1', 'v1beta2', 'v1alpha1', 'own']);
  expect(resourcesOf(definition('False'))).toEqual([]);
});

function ruled(rule: JsonObject): JsonObject {
  return { type: 'string', 'x-kubernetes-validations': [rule] };
}

test.each<[JsonObject, string]>([
  [{ allOf: [{ 'x-kubernetes-validations': [] }] }, 'x-kubernetes-validations in allOf'],
  [ruled({ rule: 'true', messageExpression: "'is ' + string(size(self))" }), 'the cost estimate that'],
  [ruled({ rule: 'self == oldSelf', optionalOldSelf: true }), 'optionalOldSelf'],
  [ruled({ rule: 'self.lowerAscii() == self' }), 'CEL function lowerAscii'],
  [ruled({ rule: "self + self == 'a' && [self, self].all(x, x.contains(self))" }), 'the cost estimate that'],
  [
    { type: 'object', properties: { l: { items: ruled({ rule: "self.matches('^a{1,100}$')" }) } } },
    'the cost',
  ],
  [{ additionalProperties: { pattern: '(?i)x' } }, 'the pattern "(?i)x"'],
  [{ anyOf: [{ pattern: '(?i)x' }] }, 'the pattern "(?i)x"'],
])('a definition that asks for what is not kept is refused: %j', (openAPIV3Schema, words) => {
  const spec = { versions: [{ schema: { openAPIV3Schema } }] };
  const definition = { apiVersion: 'v1', kind: 'CustomResourceDefinition', metadata: { name: 'x' }, spec };
  expect(() => refuseUnkept('CustomResourceDefinition', definition)).toThrow(words);
});
