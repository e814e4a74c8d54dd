/**
 * Merge of configuration data: the patch from `base` to `theirs`, replayed on `ours`. An upgrade gives the upstream's data at
 * the last upgrade and at its head; a merge from elsewhere gives two revisions of any unit.
 */
import type { Node } from 'yaml';
import { renderDocuments } from '../config-data.ts';
import { diffNodes } from './diff-nodes.ts';
import { mergeComments } from './merge-comments.ts';
import { mergeNodes } from './merge-nodes.ts';
import type { Guard } from './merge-nodes.ts';
import type { Conflict, ResourceMutation } from './mutation.ts';
import { equals, fragmentText } from './node.ts';
import { pairResources } from './pair.ts';
import type { Renames } from './pair.ts';
import { pathOf } from './path.ts';
import type { Place } from './path.ts';
import { copyResource, describeResource, foldAliases, viewResources } from './resources.ts';
import type { Resource } from './resources.ts';
import { findSource, isLocal } from './sources.ts';

/** What of `ours` stays, whatever the patch says. */
export interface KeepRule {
  /** Who wrote what last: places that were written locally stay, also when upstream reached the same value by itself. */
  readonly sources: readonly ResourceMutation[];
  /** Also what differs from `base` stays. */
  readonly differences: boolean;
  /** Base and theirs were read from a cluster: that they have no comments, and keys in this order, says nothing. */
  readonly isLive?: boolean;
}

/** What a merge came to. */
export interface Merged {
  readonly data: string;
  /** What upstream changed and was changed here too, so that it did not come. */
  readonly conflicts: readonly Conflict[];
}

/** All three and the result are normalised YAML. Without a change it is `ours` to the letter. */
export function mergeData(base: string, theirs: string, ours: string, rule: KeepRule): Merged {
  if (base === theirs) return { data: ours, conflicts: [] };
  const own = viewResources(ours).map(copyResource);
  const folds = [theirs, ours].some((text) => text.includes('*'));
  const untouched = folds ? render(own.map(copyResource), folds) : ours;
  const conflicts: Conflict[] = [];
  const hasComments = rule.isLive !== true && [base, theirs].some((text) => text.includes('#'));
  const merged = render(
    mergeResources(viewResources(base), viewResources(theirs), own, { ...rule, hasComments }, conflicts),
    folds,
  );
  return { data: merged === untouched ? ours : merged, conflicts };
}

function render(resources: readonly Resource[], folds: boolean): string {
  if (folds) for (const resource of resources) foldAliases(resource);
  return renderDocuments(resources.map(({ document }) => document));
}

function mergeResources(
  before: readonly Resource[],
  after: readonly Resource[],
  own: readonly Resource[],
  rule: KeepRule & { readonly hasComments: boolean },
  conflicts: Conflict[],
): Resource[] {
  const passBy = (resource: Resource, after: Node | undefined, place: Place = []): void => {
    conflicts.push(conflictOf(resource, after, place));
  };
  const ownOf = pairResources(before, own, renamesOf(rule));
  const afterOf = pairResources(before, after);
  const beforeOf = new Map([...afterOf].map(([old, now]) => [now, old]));
  const added = after.filter((resource) => !beforeOf.has(resource));
  const paired = new Set(ownOf.values());
  const addedOf = pairResources(
    added,
    own.filter((mine) => !paired.has(mine)),
    { ...renamesOf(rule), mayBe: () => false },
  );
  const result = own.filter((mine) => {
    const old = before.find((resource) => ownOf.get(resource) === mine);
    if (old === undefined || afterOf.has(old)) return true;
    if (isUntouched(old, mine, rule)) return false;
    passBy(mine, undefined);
    return true;
  });
  let previous: Resource | undefined;
  for (const resource of after) {
    const old = beforeOf.get(resource);
    let mine = old === undefined ? addedOf.get(resource) : ownOf.get(old);
    if (mine !== undefined) {
      mergeNodes(old?.body, resource.body, mine.body, guardOf(mine, rule, passBy));
      if (old !== undefined && rule.hasComments) mergeComments(old, resource, mine);
    } else if (old !== undefined || isLocal(findSource(rule.sources, describeResource(resource)), [])) {
      if (!equals(old?.body, resource.body)) passBy(resource, resource.body);
    } else {
      mine = copyResource(resource);
      result.splice(previous === undefined ? 0 : result.indexOf(previous) + 1, 0, mine);
    }
    previous = mine ?? previous;
  }
  return result;
}

/** What was deleted here, or added here, is no renamed resource. */
function renamesOf({ sources }: KeepRule): Renames {
  const sourceOf = (resource: Resource): ResourceMutation | undefined =>
    findSource(sources, describeResource(resource));
  return {
    wasNamed: (mine, name) => Object.hasOwn(sourceOf(mine)?.AliasesWithoutScopes ?? {}, name),
    mayBe: (old, mine) =>
      sourceOf(old)?.ResourceMutationInfo.MutationType !== 'Delete' &&
      sourceOf(mine)?.ResourceMutationInfo.Predicate !== false,
  };
}

function guardOf(
  mine: Resource,
  { sources, differences, isLive = false }: KeepRule,
  passBy: (resource: Resource, after: Node | undefined, place: Place) => void,
): Guard {
  const source = findSource(sources, describeResource(mine));
  return {
    keeps: (place, before, own) => isLocal(source, place) || (differences && !equals(before, own)),
    passBy: (place, after) => {
      passBy(mine, after, place);
    },
    appends: isLive,
  };
}

function conflictOf(resource: Resource, after: Node | undefined, place: Place): Conflict {
  return {
    Resource: describeResource(resource),
    Path: pathOf(place),
    MutationType: after === undefined ? 'Delete' : 'Update',
    Value: after === undefined ? '' : fragmentText(after),
  };
}

/** Nothing but the namespace was changed here: what upstream deletes may go here too. */
function isUntouched(old: Resource, mine: Resource, { sources, differences }: KeepRule): boolean {
  const source = findSource(sources, describeResource(mine));
  const local = Object.entries(source?.PathMutationMap ?? {}).filter(([, { Predicate }]) => !Predicate);
  const changed = differences ? diffNodes(old.body, mine.body) : [];
  const touched = [...local.map(([path]) => path), ...changed.map(({ path }) => path)];
  return (
    source?.ResourceMutationInfo.Predicate !== false && touched.every((path) => path === 'metadata.namespace')
  );
}
