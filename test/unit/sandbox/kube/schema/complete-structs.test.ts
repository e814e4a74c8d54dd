/** Expected values: what a real API server shows of such objects before defaulting. */
import { expect, test } from 'vitest';
import {
  completeStructs,
  completeZeros,
} from '../../../../../runner/sandbox/kube/schema/complete-structs.ts';

const deployment = { group: 'apps', version: 'v1', kind: 'Deployment' };

test('completeStructs adds the empty structs that Go prints, in list items too', () => {
  const template = { spec: { containers: [{ name: 'a' }] } };
  expect(completeStructs(deployment, { spec: { template } })).toEqual({
    metadata: {},
    spec: { strategy: {}, template: { metadata: {}, spec: { containers: [{ name: 'a', resources: {} }] } } },
    status: {},
  });
});

test('completeZeros adds null and zero values that Go never omits', () => {
  expect(completeZeros(deployment, {})).toEqual({
    metadata: {},
    spec: { selector: null, strategy: {}, template: { metadata: {}, spec: { containers: null } } },
    status: {},
  });
});

test('a kind without a type stays as it is', () => {
  expect(completeStructs({ group: 'example.org', version: 'v1', kind: 'Foo' }, { a: 1 })).toEqual({ a: 1 });
});
