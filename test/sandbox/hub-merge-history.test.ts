import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isSeq, parseDocument } from 'yaml';
import { normaliseYaml } from '../../runner/sandbox/hub/config-data.ts';
import { diffData } from '../../runner/sandbox/hub/merge/diff.ts';
import { mergeData } from '../../runner/sandbox/hub/merge/merge-data.ts';
import type { ResourceMutation } from '../../runner/sandbox/hub/merge/mutation.ts';
import { addMutations } from '../../runner/sandbox/hub/merge/sources.ts';

/** A clone and its upstream through any history of edits and upgrades. */
interface World {
  upstream: string;
  /** What the clone saw of the upstream last. */
  seen: string;
  own: string;
  sources: ResourceMutation[];
  number: number;
}

interface Edit {
  readonly place: Place;
  /** Undefined takes the place away. */
  readonly value: string | undefined;
}

type Place = 'replicas' | 'label.a' | 'label.b' | 'env.A' | 'env.B' | 'env.C' | 'image';

const PLACES: readonly Place[] = ['replicas', 'label.a', 'label.b', 'env.A', 'env.B', 'env.C', 'image'];

const START = normaliseYaml(`# the trade service
apiVersion: apps/v1
kind: Deployment
metadata:
  name: trade # its name
  labels:
    # who owns it
    a: "0"
spec:
  replicas: "0"
  template:
    spec:
      containers:
      - name: c
        image: "0" # pinned
        env:
        # the algorithm
        - name: A
          value: "0"
        - name: B
          value: "0"
`);

function edit(text: string, { place, value }: Edit): string {
  const document = parseDocument(text);
  const container = ['spec', 'template', 'spec', 'containers', 0];
  const [group, name = ''] = place.split('.');
  if (group === 'env') {
    const list = document.getIn([...container, 'env']);
    if (!isSeq(list)) throw new Error('no env');
    const found = list.items.find((item) => isMap(item) && item.get('name') === name);
    if (value === undefined) list.items = list.items.filter((item) => item !== found);
    else if (isMap(found)) found.set('value', value);
    else list.add(document.createNode({ name, value }));
  } else {
    const path =
      group === 'label'
        ? ['metadata', 'labels', name]
        : group === 'image'
          ? [...container, 'image']
          : ['spec', place];
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  }
  return normaliseYaml(document.toString());
}

function read(text: string, place: Place): unknown {
  const document = parseDocument(text);
  const container = ['spec', 'template', 'spec', 'containers', 0];
  const [group, name] = place.split('.');
  if (group === 'label') return document.getIn(['metadata', 'labels', name]);
  if (group === 'image') return document.getIn([...container, 'image']);
  if (group === 'replicas') return document.getIn(['spec', 'replicas']);
  const list = document.getIn([...container, 'env']);
  const found = isSeq(list) && list.items.find((item) => isMap(item) && item.get('name') === name);
  return isMap(found) ? found.get('value') : undefined;
}

function write(world: World, text: string, isLocal: boolean): void {
  if (text === world.own) return;
  world.number += 1;
  world.sources = addMutations(world.sources, diffData(world.own, text, world.number), () => !isLocal);
  world.own = text;
}

function upgrade(world: World): void {
  const rule = { sources: world.sources, differences: true };
  write(world, mergeData(world.seen, world.upstream, world.own, rule), false);
  world.seen = world.upstream;
}

type Step = { readonly local: boolean; readonly edit: Edit } | 'upgrade';

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  place: fc.constantFrom(...PLACES),
  value: fc.option(fc.constantFrom('0', '1', '2'), { nil: undefined }),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ local: fc.boolean(), edit: anyEdit }) },
    { weight: 1, arbitrary: fc.constant('upgrade' as const) },
  ),
  { maxLength: 12 },
);

/** Plays the steps; returns what each place was made by the clone itself. */
function play(history: readonly Step[]): { world: World; local: Map<Place, unknown> } {
  const sources = addMutations([], diffData('', START, 1), () => true);
  const world: World = { upstream: START, seen: START, own: START, sources, number: 1 };
  const local = new Map<Place, unknown>();
  for (const step of history) {
    if (step === 'upgrade') upgrade(world);
    else if (!step.local) world.upstream = edit(world.upstream, step.edit);
    else if (read(world.own, step.edit.place) !== step.edit.value) {
      write(world, edit(world.own, step.edit), true);
      local.set(step.edit.place, step.edit.value);
    }
  }
  upgrade(world);
  return { world, local };
}

describe('through any history of edits and upgrades', () => {
  test('no local change is ever lost, and the rest is as upstream has it', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { world, local } = play(history);
        const wanted = PLACES.map((place) =>
          local.has(place) ? local.get(place) : read(world.upstream, place),
        );
        expect(PLACES.map((place) => read(world.own, place))).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  test('upgrading twice is upgrading once', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { world } = play(history);
        const { own, sources } = world;
        upgrade(world);
        expect(world).toMatchObject({ own, sources });
      }),
    );
  });

  test('comments stay with what they are about', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const kept = history.filter((step) => step === 'upgrade' || step.edit.value !== undefined);
        const { own } = play(kept).world;
        for (const comment of [
          '# the trade service',
          'trade # its name',
          '    # who owns it\n    a:',
          '# pinned',
        ])
          expect(own).toContain(comment);
        expect(own).toMatch(/# the algorithm\n +- name: A\n/);
      }),
    );
  });

  test('the record names exactly the mutations that wrote what is there', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { world, local } = play(history);
        const entries = Object.entries(world.sources[0]?.PathMutationMap ?? {});
        for (const [, { Index }] of entries) expect(Index).toBeLessThanOrEqual(world.number);
        expect(entries.some(([, { Predicate }]) => !Predicate)).toBe(local.size > 0);
      }),
    );
  });
});
