/** Calling functions through the API: what is answered, what is stored, what is refused, and selecting units by their data. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSpace, makeUnit, openTestHub, pick, pickText } from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';

const NO_REVISION = '00000000-0000-0000-0000-000000000000';

let hub: TestHub;
let space: string;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'demo');
  await makeUnit(hub, space, 'web', deployment('web', 2));
  await makeUnit(hub, await makeSpace(hub, 'other'), 'api', deployment('api', 5));
});

afterEach(() => hub.close());

function deployment(name: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name} # the name
spec:
  replicas: ${replicas} # how many
`;
}

async function invoke(calls: readonly unknown[][], target = `/space/${space}`, query = ''): Promise<Reply> {
  return hub.call('POST', `${target}/function/invoke${query}`, {
    FunctionInvocations: calls.map(([FunctionName, ...values]) => ({
      FunctionName,
      Arguments: values.map((Value) => ({ Value })),
    })),
    CastStringArgsToScalars: true,
    ChangeDescription: 'why',
  });
}

function text(reply: Reply, path: string): string {
  return Buffer.from(pickText(reply.json, path), 'base64').toString();
}

async function history(kind: string): Promise<unknown[]> {
  const units = await hub.call('GET', `/space/${space}/unit?where=Slug = 'web'`);
  const unit = pickText(units.json, '0.Unit.UnitID');
  return (await hub.call('GET', `/space/${space}/unit/${unit}/${kind.toLowerCase()}`)).json as unknown[];
}

test('several functions that change data are one revision with a mutation each', async () => {
  const reply = await invoke([['set-replicas', '3'], ['get-replicas'], ['set-label', 'a', 'b']]);
  expect(reply.status).toBe(200);
  expect(pick(reply.json, '0.Mutators')).toEqual([0, 2]);
  expect(text(reply, '0.ConfigData')).toContain('replicas: 3 # how many');
  expect(JSON.parse(text(reply, '0.Output'))).toMatchObject([{ Value: 3, Path: 'spec.replicas' }]);
  const revisions = await history('Revision');
  expect(revisions.map((one) => pick(one, 'Revision.Source'))).toEqual(['Create', 'Function']);
  expect(pick(revisions, '1.Revision.Description')).toBe('why');
  expect(pick(revisions, '1.Revision.RevisionID')).toBe(pick(reply.json, '0.RevisionID'));
  const mutations = await history('Mutation');
  expect(mutations.map((one) => pick(one, 'Mutation.FunctionInvocation.FunctionName'))).toEqual([
    '',
    'set-replicas',
    'set-label',
  ]);
});

test.each([
  ['a value that is there already', [['set-replicas', '2']], ''],
  ['a getter', [['get-replicas']], ''],
  ['a dry run', [['set-replicas', '9']], '?dry_run=true'],
  [
    'a failed function',
    [
      ['set-label', 'a', 'b'],
      ['set-replicas', 'x'],
    ],
    '',
  ],
])('%s stores nothing', async (_, calls, query) => {
  const reply = await invoke(calls, `/space/${space}`, query);
  expect(reply.status).toBe(pick(reply.json, '0.Success') === true ? 200 : 207);
  expect(pick(reply.json, '0.RevisionID')).toBe(NO_REVISION);
  expect(await history('Revision')).toHaveLength(1);
  expect(await history('Mutation')).toHaveLength(1);
});

test('a failure is told in the answer', async () => {
  const { json } = await invoke([['nope']]);
  expect(json).toMatchObject([
    {
      Success: false,
      Error: { Message: 'function invocation failed', Details: ['invoke nope: function does not exist'] },
    },
  ]);
});

test('all spaces at once, or those that an expression selects', async () => {
  expect((await invoke([['get-replicas']], '')).json).toHaveLength(2);
  expect((await invoke([['get-replicas']], '', `?where=Slug = 'api'`)).json).toHaveLength(1);
  expect((await invoke([['get-replicas']])).json).toHaveLength(1);
});

test.each([
  ['spec.replicas > 2', 'apps/v1/Deployment', ['api']],
  ['spec.replicas > 1', '*', ['api', 'web']],
  ['spec.replicas > 1', 'v1/Service', []],
  ['', 'apps/v1/Deployment', ['api', 'web']],
])('where_data %s of %s', async (expression, type, names) => {
  const query = new URLSearchParams({ where_data: expression, resource_type: type });
  const { json } = await hub.call('GET', `/unit?${query.toString()}`);
  expect((json as unknown[]).map((one) => pick(one, 'Unit.Slug'))).toEqual(names);
});

test.each([
  ['where_data=a > 1', 'where_data needs a resource_type'],
  ['where_data=a like 1&resource_type=*', 'invalid operator at `like 1`'],
  [
    `where_data=spec.replicas = '2'&resource_type=*`,
    'value 5 at path spec.replicas is of type int but expected string',
  ],
])('refuses %s', async (query, message) => {
  expect(await hub.call('GET', `/unit?${query}`)).toMatchObject({ status: 400, json: { Message: message } });
});

test('signatures say what clients need to build commands', async () => {
  const { json } = await hub.call('GET', `/space/${space}/function`);
  expect(pick(json, 'Kubernetes/YAML.set-env')).toMatchObject({
    RequiredParameters: 2,
    VarArgs: true,
    Mutating: true,
    Validating: false,
    FunctionType: 'Custom',
  });
  expect(pick(json, 'Kubernetes/YAML.no-placeholders')).toMatchObject({ Validating: true, Mutating: false });
});
