import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { normaliseYaml } from '../../runner/sandbox/hub/config-data.ts';
import { diffData } from '../../runner/sandbox/hub/merge/diff.ts';
import { mergeData } from '../../runner/sandbox/hub/merge/merge-data.ts';
import type { ResourceMutation } from '../../runner/sandbox/hub/merge/mutation.ts';
import { addMutations, unlessLocal } from '../../runner/sandbox/hub/merge/sources.ts';
import { COMMENTED, PLACES, START } from './data/hub-merge-places.ts';
import type { Place } from './data/hub-merge-places.ts';

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

function edit(text: string, { place, value }: Edit): string {
  const documents = parseAllDocuments(text) as Document.Parsed[];
  const document = documents[place.document];
  if (document === undefined) throw new Error(`no document for ${place.name}`);
  if (place.element === undefined && place.keyless === undefined) {
    if (value === undefined) document.deleteIn(place.path);
    else document.setIn(place.path, value);
  } else editElement(document, { place, value });
  return normaliseYaml(documents.map((one) => one.toString()).join(''));
}

function editElement(document: Document.Parsed, { place, value }: Edit): void {
  const list = document.getIn(place.path);
  if (!isSeq(list)) throw new Error(`no list for ${place.name}`);
  const found = findElement(document, place);
  if (value === undefined) list.items = list.items.filter((item) => item !== found);
  else if (isMap(found)) found.set(fieldOf(place), value);
  else list.add(document.createNode({ ...place.element, [fieldOf(place)]: value }));
}

function fieldOf({ keyless, field = 'value' }: Place): string {
  return keyless ?? field;
}

function findElement(document: Document.Parsed, { path, element = {}, keyless }: Place): unknown {
  const list = document.getIn(path);
  const wanted = Object.entries(element);
  const isWanted = (item: unknown): boolean =>
    isMap(item) &&
    (keyless === undefined || item.has(keyless)) &&
    wanted.every(([key, value]) => item.get(key) === value);
  return isSeq(list) ? list.items.find(isWanted) : undefined;
}

function read(text: string, place: Place): unknown {
  return readAll(text, [place])[0];
}

function readAll(text: string, places: readonly Place[]): unknown[] {
  const documents = parseAllDocuments(text) as Document.Parsed[];
  return places.map((place) => readPlace(documents[place.document], place));
}

function readPlace(document: Document.Parsed | undefined, place: Place): unknown {
  if (document === undefined) return undefined;
  if (place.element === undefined && place.keyless === undefined) return document.getIn(place.path);
  const found = findElement(document, place);
  return isMap(found) ? found.get(fieldOf(place)) : undefined;
}

function write(world: World, text: string, isLocal: boolean): void {
  if (text === world.own) return;
  world.number += 1;
  const predicateOf = isLocal ? () => false : unlessLocal(world.sources);
  world.sources = addMutations(world.sources, diffData(world.own, text, world.number), predicateOf);
  world.own = text;
}

function upgrade(world: World, differences = true): void {
  const rule = { sources: world.sources, differences };
  write(world, mergeData(world.seen, world.upstream, world.own, rule).data, false);
  world.seen = world.upstream;
}

type Step = { readonly local: boolean; readonly edit: Edit } | 'upgrade';

/** Values are all that there is of an element without a key: what both sides have in common is nobody's own. */
function asOwn({ place, value }: Edit): Edit {
  return { place, value: place.keyless === undefined ? value : `own ${value ?? ''}` };
}

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  place: fc.constantFrom(...PLACES),
  value: fc.option(fc.constantFrom('0', '1', '2'), { nil: undefined }),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ local: fc.constant(false), edit: anyEdit }) },
    { weight: 2, arbitrary: fc.record({ local: fc.constant(true), edit: anyEdit.map(asOwn) }) },
    { weight: 1, arbitrary: fc.constant('upgrade' as const) },
  ),
  { maxLength: 12 },
);

/** Plays the steps; returns what each place was made by the clone itself. */
function play(history: readonly Step[], differences = true): { world: World; local: Map<Place, unknown> } {
  const sources = addMutations([], diffData('', START, 1), () => true);
  const world: World = { upstream: START, seen: START, own: START, sources, number: 1 };
  const local = new Map<Place, unknown>();
  for (const step of history) {
    if (step === 'upgrade') upgrade(world, differences);
    else if (!step.local) world.upstream = edit(world.upstream, step.edit);
    else if (read(world.own, step.edit.place) !== step.edit.value) {
      write(world, edit(world.own, step.edit), true);
      local.set(step.edit.place, step.edit.value);
    }
  }
  upgrade(world, differences);
  return { world, local };
}

interface Comment {
  readonly local: boolean;
  readonly place: (typeof COMMENTED)[number];
  readonly text: string;
}

const comments: fc.Arbitrary<Comment> = fc
  .record({
    local: fc.boolean(),
    place: fc.constantFrom(...COMMENTED),
    number: fc.nat(2),
  })
  .map(({ local, place, number }) => ({ local, place, text: ` ${local ? 'own' : 'theirs'} ${number}` }));

function comment(text: string, { place, text: written }: Comment): string {
  const documents = parseAllDocuments(text) as Document.Parsed[];
  const found = documents[place.document]?.getIn(place.path, true);
  if (isScalar(found)) found.comment = written;
  return normaliseYaml(documents.map((one) => one.toString()).join(''));
}

function readComment(text: string, place: Comment['place']): unknown {
  const found = (parseAllDocuments(text) as Document.Parsed[])[place.document]?.getIn(place.path, true);
  return isScalar(found) ? found.comment : 'no value';
}

describe('through any history of edits and upgrades', () => {
  test('no local change is ever lost, and the rest is as upstream has it', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (history, differences) => {
        const { world, local } = play(history, differences);
        const shown = readAll(world.own, PLACES);
        const there = readAll(world.upstream, PLACES);
        for (const [index, place] of PLACES.entries())
          expect([place.name, shown[index]]).toEqual([
            place.name,
            local.has(place) ? local.get(place) : there[index],
          ]);
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
          '# the settings of a',
          '  # how much of it\n  k:',
        ])
          expect(own).toContain(comment);
        expect(own).toMatch(/# the algorithm\n +- name: A\n/);
      }),
    );
  });

  test('a comment that was written here stays, and one that upstream writes comes', () => {
    const edits = anyEdit.filter(({ value }) => value !== undefined);
    const history = fc.array(
      fc.oneof(comments, fc.record({ local: fc.boolean(), edit: edits }), fc.constant('upgrade')),
      {
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(history, (steps) => {
        const { world } = play([]);
        const local = new Set<Comment['place']>();
        for (const step of steps) {
          if (typeof step === 'string') upgrade(world);
          else {
            const change = (text: string): string =>
              'edit' in step ? edit(text, step.edit) : comment(text, step);
            if (step.local) write(world, change(world.own), true);
            else world.upstream = change(world.upstream);
            if (step.local && 'place' in step) local.add(step.place);
          }
        }
        const before = world.own;
        upgrade(world);
        for (const place of COMMENTED)
          expect([place.name, readComment(world.own, place)]).toEqual([
            place.name,
            readComment(local.has(place) ? before : world.upstream, place),
          ]);
      }),
    );
  });

  test('the record names exactly the mutations that wrote what is there', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { world, local } = play(history);
        const entries = world.sources.flatMap(({ PathMutationMap }) => Object.entries(PathMutationMap));
        for (const [, { Index }] of entries) expect(Index).toBeLessThanOrEqual(world.number);
        expect(entries.some(([, { Predicate }]) => !Predicate)).toBe(local.size > 0);
      }),
    );
  });
});
