/** Expressions that nobody would write, in every place that takes one: the answer is a list or a refusal, and nothing changes. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSpace, makeTarget, makeUnit, makeWorker, openTestHub } from '../support/hub.ts';
import type { TestHub } from '../support/hub.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: d
  labels:
    app: d
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: c
        image: reg.io/x:1
`;

let hub: TestHub;
let space: string;
let unit: string;
/** Has no target, so it can do nothing. */
let bare: string;

beforeAll(async () => {
  hub = openTestHub();
  space = await makeSpace(hub, 'demo');
  const worker = await makeWorker(hub, space, 'w');
  const target = await makeTarget(hub, space, 't', worker.id);
  unit = await makeUnit(hub, space, 'd', DEPLOYMENT, { TargetID: target });
  bare = await makeUnit(hub, space, 'bare');
  await hub.call('POST', `/space/${space}/filter`, { Slug: 'taken', From: 'Unit' });
});

afterAll(() => hub.close());

const word = fc.constantFrom(
  ...`spec.replicas spec.template.spec.containers.*.image spec.template.spec.containers.?name=c.image#reference
    spec.|replicas metadata.labels.app metadata.labels.~1 kind Slug Labels.a SpaceID CreatedAt RevisionNum FunctionName
    LEN(Labels) = != < <= > >= LIKE ILIKE ~ ~* !~ IN NOT AND OR ( ) , ? ?= * . # | 'd' 'app' '%' '(a+)+$' '[' '\\' " '
    2 -1 1.5 99999999999 true false null NULL IS import.include_system import. -- ; /* \u0000 \u202e é`.split(
    /\s+/,
  ),
);
const expression = fc
  .array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }), {
    maxLength: 9,
  })
  .chain((pieces) => fc.constantFrom(' ', '').map((blank) => pieces.join(blank)));

const LISTS = [
  '/unit?resource_type=*&where_data=',
  '/unit?resource_type=apps/v1/Deployment&where_data=',
  '/space?where=',
  '/bridge_worker?where=',
  '/target?where=',
  '/link?where=',
  '/filter?where=',
  '/change_set?where=',
  '/trigger?where=',
  '/view?where=',
  '/space/{space}/unit/{unit}/revision?where=',
  '/space/{space}/unit/{unit}/mutation?where=',
  '/space/{space}/unit/{unit}/unit_event?where=',
  '/unit?contains=',
  '/unit?filter=',
  '/unit?include=',
];

test.for(LISTS)('GET %s', async (list) => {
  const target = list.replace('{space}', space).replace('{unit}', unit);
  const version = hub.store.version();
  await fc.assert(
    fc.asyncProperty(expression, async (text) => {
      const { status } = await hub.call('GET', `${target}${encodeURIComponent(text.toWellFormed())}`);
      expect([200, 400, 404]).toContain(status);
    }),
    { numRuns: 300 },
  );
  expect(hub.store.version()).toBe(version);
});

const WRITES: readonly (readonly [string, string, (text: string) => object, string])[] = [
  ['POST', '/space/{space}/unit/{bare}/import', (Where) => ({ Where }), ''],
  ['PATCH', '/space/{space}/unit/{unit}', () => ({}), 'restore'],
  [
    'PATCH',
    '/space/{space}/unit/{unit}?merge_source=Self&merge_base=1&merge_end=1',
    () => ({}),
    'where_mutation',
  ],
  ['POST', '/space/{space}/filter', (Where) => ({ Slug: 'taken', From: 'Unit', Where }), ''],
];

test.for(WRITES)('%s %s that is refused stores nothing', async ([method, path, body, parameter]) => {
  const target = path.replace('{space}', space).replace('{unit}', unit).replace('{bare}', bare);
  const version = hub.store.version();
  await fc.assert(
    fc.asyncProperty(expression, async (text) => {
      const joint = target.includes('?') ? '&' : '?';
      const query =
        parameter === '' ? '' : `${joint}${parameter}=x${encodeURIComponent(text.toWellFormed())}`;
      const { status } = await hub.call(method, `${target}${query}`, body(text));
      expect(status).toBe(400);
    }),
    { numRuns: 200 },
  );
  expect(hub.store.version()).toBe(version);
});
