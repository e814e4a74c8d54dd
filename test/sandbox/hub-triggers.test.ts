import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  base64,
  makeSpace,
  makeTarget,
  makeUnit,
  makeWorker,
  openTestHub,
  pick,
  pickText,
} from '../support/hub.ts';
import type { Reply, TestHub } from '../support/hub.ts';

const PLACED = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: ns\n';
const OPEN = PLACED.replace(': ns', ': confighubplaceholder');

let hub: TestHub;
let space: string;
let target: string;

beforeEach(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'us');
  const worker = await makeWorker(hub, space, 'w');
  target = await makeTarget(hub, space, 't', worker.id);
});

afterEach(() => hub.close());

async function trigger(slug: string, name: string, args: unknown[] = [], more: object = {}): Promise<string> {
  const { json } = await hub.call('POST', `/space/${space}/trigger`, {
    Slug: slug,
    Event: 'Mutation',
    ToolchainType: 'Kubernetes/YAML',
    FunctionName: name,
    Arguments: args.map((Value) => ({ Value })),
    ...more,
  });
  return pickText(json, 'TriggerID');
}

const path = (unit: string): string => `/space/${space}/unit/${unit}`;
const apply = (unit: string, query = ''): Promise<Reply> => hub.call('POST', `${path(unit)}/apply${query}`);
const put = (unit: string, text: string): Promise<Reply> =>
  hub.call('PATCH', path(unit), { Data: base64(text) });

async function gates(unit: string): Promise<string[]> {
  return Object.keys(pick((await hub.call('GET', path(unit))).json, 'Unit.ApplyGates') as object);
}

async function dataOf(unit: string): Promise<string> {
  return Buffer.from(pickText((await hub.call('GET', path(unit))).json, 'Unit.Data'), 'base64').toString();
}

test('a validating trigger gates, blocks the apply, and opens with better data', async () => {
  await trigger('complete', 'no-placeholders');
  const unit = await makeUnit(hub, space, 'web', OPEN, { TargetID: target });
  expect(await gates(unit)).toEqual(['complete/no-placeholders']);
  expect(await apply(unit)).toMatchObject({
    status: 400,
    json: { Message: 'unit web cannot be applied: apply gates complete/no-placeholders' },
  });
  const where = encodeURIComponent('ApplyGates.complete/no-placeholders = true');
  expect((await hub.call('GET', `/unit?where=${where}`)).json).toHaveLength(1);
  await put(unit, PLACED);
  expect(await gates(unit)).toEqual([]);
  expect((await apply(unit)).status).toBe(200);
  expect((await hub.call('GET', `${path(unit)}/revision`)).json).toMatchObject([
    { Revision: { ApplyGates: { 'complete/no-placeholders': true } } },
    { Revision: { ApplyGates: {} } },
  ]);
});

describe('arguments that the function would refuse each time are refused at once', () => {
  test.for<readonly [name: string, values: readonly unknown[], message: string]>([
    ['set-replicas', [], 'insufficient arguments: got 0, expected 1: replicas (reqd: true),'],
    [
      'set-replicas',
      ['three'],
      'cannot convert argument replicas value three to int: strconv.Atoi: parsing "three": invalid syntax',
    ],
    ['no-placeholders', ['x'], 'too many arguments: got 1, expected 0:'],
  ])('%s %j', async ([FunctionName, values, message]) => {
    const Arguments = values.map((Value) => ({ Value }));
    const fields = { Slug: 'x', ToolchainType: 'Kubernetes/YAML', FunctionName, Arguments };
    for (const [segment, more] of [
      ['invocation', {}],
      ['trigger', { Event: 'Mutation' }],
    ] as const) {
      const { status, json } = await hub.call('POST', `/space/${space}/${segment}`, { ...fields, ...more });
      expect([status, pick(json, 'Message')]).toEqual([400, `function ${FunctionName}: ${message}`]);
    }
  });

  test('text is good for a number, as when the trigger runs', async () => {
    expect(await trigger('more', 'set-replicas', ['3'])).not.toBe('');
  });
});

test('an approval opens its gate, and a change closes it again', async () => {
  await trigger('review', 'is-approved', [1]);
  const unit = await makeUnit(hub, space, 'web', PLACED, { TargetID: target });
  expect(await gates(unit)).toEqual(['review/is-approved']);
  await hub.call('POST', `${path(unit)}/approve`);
  expect(await gates(unit)).toEqual([]);
  await put(unit, `${PLACED}data:\n  a: b\n`);
  expect(await gates(unit)).toEqual(['review/is-approved']);
});

test('a mutating trigger changes the data before validating ones judge it', async () => {
  const id = await trigger('name', 'set-annotation', ['who', 'hub']);
  await trigger('judge', 'where-filter', ['v1/ConfigMap', "metadata.annotations.who = 'hub'"]);
  const unit = await makeUnit(hub, space, 'web', PLACED);
  expect(await dataOf(unit)).toContain('who: hub');
  expect(await gates(unit)).toEqual([]);
  const { json } = await hub.call('GET', `${path(unit)}/mutation?include=TriggerID`);
  expect(json).toMatchObject([
    { Mutation: { TriggerID: null } },
    { Mutation: { TriggerID: id, FunctionInvocation: { FunctionName: 'set-annotation' } }, Trigger: {} },
  ]);
});

test('links fill first: what a link resolves is not judged open', async () => {
  await trigger('complete', 'no-placeholders');
  const unit = await makeUnit(hub, space, 'web', OPEN);
  const ns = await makeUnit(hub, space, 'ns', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n');
  await hub.call('POST', `/space/${space}/link`, { FromUnitID: unit, ToUnitID: ns });
  expect(await gates(unit)).toEqual([]);
});

describe('a trigger whose function fails', () => {
  test.for<readonly [string, readonly string[]]>([
    ['where-filter', ['v1/ConfigMap', 'a like 1']],
    ['cel-validate', ['r.spec.replicas > 1']],
    ['set-string-path', ['v1/ConfigMap', 'metadata', 'x']],
  ])('gates: %s %j', async ([name, args]) => {
    await trigger('bad', name, [...args]);
    const unit = await makeUnit(hub, space, 'web', PLACED, { TargetID: target });
    expect(await gates(unit)).toEqual([`bad/${name}`]);
    await hub.call('POST', `${path(unit)}/approve`);
    expect(await gates(unit)).toEqual([`bad/${name}`]);
    expect(await dataOf(unit)).toBe(PLACED);
  });
});

describe('a gate goes', () => {
  test.for<readonly [string, string, object | undefined]>([
    ['with its trigger', 'DELETE', undefined],
    ['when its trigger is disabled', 'PATCH', { Disabled: true }],
    ['when its trigger asks for less', 'PATCH', { Arguments: [{ Value: 0 }] }],
  ])('%s', async ([, method, body]) => {
    const id = await trigger('never', 'is-approved', [99]);
    const unit = await makeUnit(hub, space, 'web', PLACED);
    expect(await gates(unit)).toEqual(['never/is-approved']);
    await hub.call('PATCH', `/space/${space}/trigger/${id}`, { Labels: { a: 'b' } });
    expect(await gates(unit)).toEqual(['never/is-approved']);
    await hub.call(method, `/space/${space}/trigger/${id}`, body);
    expect(await gates(unit)).toEqual([]);
  });
});

test('triggers of clones: one refuses the original, one changes the copy', async () => {
  const original = await makeUnit(hub, space, 'web', OPEN);
  await trigger('mark', 'set-annotation', ['copy', 'done'], { Event: 'PostClone' });
  const clone = (slug: string): Promise<Reply> =>
    hub.call('POST', `/space/${space}/unit?upstream_unit_id=${original}`, { Slug: slug });
  const made = await clone('copy');
  expect(await dataOf(pickText(made.json, 'UnitID'))).toContain('copy: done');
  await trigger('complete', 'no-placeholders', [], { Event: 'PreClone' });
  const refused = await clone('second');
  expect([refused.status, pick(refused.json, 'Message')]).toEqual([
    400,
    'unit web cannot be cloned: complete/no-placeholders',
  ]);
  expect((await hub.call('GET', `/space/${space}/unit`)).json).toHaveLength(2);
});

test('an apply refuses placeholders by place, of the head and of another revision', async () => {
  const unit = await makeUnit(hub, space, 'web', OPEN, { TargetID: target });
  const message =
    'unit web cannot be applied: placeholders are not resolved: metadata.namespace of v1/ConfigMap c';
  expect((await apply(unit)).json).toEqual({ Code: '400', Message: message });
  await put(unit, PLACED);
  expect((await apply(unit, '?revision=1')).json).toEqual({ Code: '400', Message: message });
  expect((await apply(unit, '?revision=2')).json).toMatchObject({ RevisionNum: 2 });
});

test('an invocation gives a trigger its function, and stays while one uses it', async () => {
  const call = await hub.call('POST', `/space/${space}/invocation`, {
    Slug: 'never',
    ToolchainType: 'Kubernetes/YAML',
    FunctionName: 'is-approved',
    Arguments: [{ Value: 99 }],
  });
  const id = pickText(call.json, 'InvocationID');
  expect(pickText(call.json, 'Hash')).toMatch(/^[0-9a-f]{64}$/);
  await trigger('t', '', [], { InvocationID: id });
  expect(await gates(await makeUnit(hub, space, 'web', PLACED))).toEqual(['t/is-approved']);
  const gone = await hub.call('DELETE', `/space/${space}/invocation/${id}`);
  expect(pick(gone.json, 'Message')).toBe('invocation never is used by trigger t');
});
