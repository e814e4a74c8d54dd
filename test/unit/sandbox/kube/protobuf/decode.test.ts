/** Expected objects: the JSON and the protobuf answers of a real API server for the same object, and kubectl's own bodies. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TypeWord } from '../../../../../runner/sandbox/kube/data/data.ts';
import type { Json, JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { decodeProtobuf } from '../../../../../runner/sandbox/kube/protobuf/decode.ts';
import { DecodeError } from '../../../../../runner/sandbox/kube/protobuf/read-wire.ts';
import { findKind, shapeOf } from '../../../../../runner/sandbox/kube/schema/find-type.ts';
import { dropNulls } from '../../../../../runner/sandbox/kube/schema/json-value.ts';
import { readCases } from '../read-cases.ts';
import { encodeProtobuf } from './encode.ts';

interface Case {
  readonly source: string;
  readonly protobuf: string;
  readonly json: JsonObject;
}

const cases = (readCases('protobuf') as readonly Case[]).map((recorded) => ({
  ...recorded,
  bytes: bytesOf(recorded.protobuf),
}));

describe('decodeProtobuf reads real bodies', () => {
  test.each(cases)('$json.kind of $source', ({ bytes, json }) => {
    expect(decodeProtobuf(bytes)).toEqual(dropNulls(json));
  });
});

describe('decodeProtobuf', () => {
  const kinds = ['/v1/Pod', '/v1/Service', '/v1/Secret', '/v1/DeleteOptions', 'apps/v1/Deployment'];
  test.each([
    ...kinds,
    'authentication.k8s.io/v1/TokenRequest',
    'authorization.k8s.io/v1/SubjectAccessReview',
    'autoscaling/v1/Scale',
    'policy/v1/Eviction',
    'coordination.k8s.io/v1/Lease',
    'discovery.k8s.io/v1/EndpointSlice',
  ])('reads what was written of %s', (name) => {
    fc.assert(
      fc.property(objectOf(name), (object) => {
        expect(decodeProtobuf(encodeProtobuf(object))).toEqual(object);
      }),
      { numRuns: 40 },
    );
  });

  test('drops zeros as omitempty does, but keeps them behind pointers', () => {
    const template = {
      spec: { containers: [{ name: '', image: '', stdin: false }], terminationGracePeriodSeconds: 0 },
    };
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { replicas: 0, minReadySeconds: 0, template },
    };
    expect(decodeProtobuf(encodeProtobuf(object))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: 0,
        template: { spec: { containers: [{ name: '' }], terminationGracePeriodSeconds: 0 } },
      },
    });
  });

  test.each([
    [
      'no magic',
      '{}',
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    ],
    ['no kind', 'k8s\0', 'no kind "" is registered for version ""'],
    ['a length beyond the end', 'k8s\0\x0a\x7f', 'unexpected EOF'],
    ['an endless number', `k8s\0\x08${'\xff'.repeat(12)}`, 'integer overflow'],
    ['a group', 'k8s\0\x0b', 'illegal wireType 3'],
  ])('refuses %s', (_name, text, message) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(() => decodeProtobuf(bytes)).toThrow(new DecodeError(message));
  });

  test('takes any bytes without harm: an object or a DecodeError', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.of(0x6b, 0x38, 0x73, 0, ...bytes)),
      fc
        .tuple(fc.constantFrom(...cases), fc.nat(), fc.nat(255), fc.nat())
        .map(([{ bytes }, at, value, end]) => {
          const changed = bytes.slice(0, Math.max(8, end % (bytes.length * 2)));
          changed[at % changed.length] = value;
          return changed;
        }),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          expect(decodeProtobuf(bytes)).toBeTypeOf('object');
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Objects of a kind with any fields; no zeros and no empty lists, which do not travel. */
function objectOf(name: string): fc.Arbitrary<JsonObject> {
  const [group = '', version = '', kind = ''] = name.split('/');
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const type = findKind({ group, version, kind });
  if (type === undefined) throw new Error(`no type for ${name}`);
  return valueOf(type, 4).map((object) => ({ ...(object as JsonObject), apiVersion, kind }));
}

function valueOf(type: TypeWord, depth: number): fc.Arbitrary<Json> {
  const shape = shapeOf(type);
  if (shape.kind === 'list') return fc.array(valueOf(shape.item, depth - 1), { minLength: 1, maxLength: 2 });
  const key = fc.string({ minLength: 1, maxLength: 4 });
  if (shape.kind === 'map')
    return fc.dictionary(key, valueOf(shape.item, depth - 1), { minKeys: 1, maxKeys: 2 });
  if (shape.kind === 'scalar') return scalarOf(type);
  const fields = Object.entries(shape.struct.fields)
    .filter(([, field]) => depth > 0 || shapeOf(field.type).kind === 'scalar')
    .filter(([name]) => name !== 'kind' && name !== 'apiVersion')
    .map(([name, field]): [string, fc.Arbitrary<Json | undefined>] => [
      name,
      fc.option(valueOf(field.type, depth - 1), { nil: undefined, freq: 1 }),
    ]);
  return fc.record(Object.fromEntries(fields)).map((object) => JSON.parse(JSON.stringify(object)) as Json);
}

function scalarOf(type: TypeWord): fc.Arbitrary<Json> {
  switch (type) {
    case 'bool':
      return fc.constant(true);
    case 'int32':
    case 'intOrString':
      return fc.integer().map((number) => number || 1);
    case 'int64':
      return fc.maxSafeInteger().map((number) => number || 1);
    case 'bytes':
      return fc.uint8Array({ minLength: 1 }).map((bytes) => btoa(String.fromCharCode(...bytes)));
    case 'time':
      return fc.constantFrom('1969-12-31T23:59:59Z', '2026-01-02T03:04:05Z');
    case 'microTime':
      return fc.constantFrom('2026-01-02T03:04:05.000600Z', '2026-01-02T03:04:05.123456Z');
    case 'raw':
    case 'fieldsV1':
      return fc.dictionary(fc.string(), fc.integer());
    default:
      return fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme' });
  }
}
