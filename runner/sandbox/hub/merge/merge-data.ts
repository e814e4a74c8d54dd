/**
 * Merge of configuration data: the patch from `base` to `theirs`, replayed on `ours`. An upgrade gives the upstream's data at
 * the last upgrade and at its head; a merge from elsewhere gives two revisions of any unit.
 */
import { renderDocuments } from '../config-data.ts';
import { diffNodes } from './diff-nodes.ts';
import { mergeComments } from './merge-comments.ts';
import { mergeNodes } from './merge-nodes.ts';
import type { Keeps } from './merge-nodes.ts';
import type { ResourceMutation } from './mutation.ts';
import { equals } from './node.ts';
import { pairResources } from './pair.ts';
import type { Renames } from './pair.ts';
import { copyResource, describeResource, viewResources } from './resources.ts';
import type { Resource } from './resources.ts';
import { findSource, isLocal } from './sources.ts';

/** What of `ours` stays, whatever the patch says. */
export interface KeepRule {
  /** Who wrote what last: places that were written locally stay, also when upstream reached the same value by itself. */
  readonly sources: readonly ResourceMutation[];
  /** Also what differs from `base` stays. */
  readonly differences: boolean;
}

/** All three and the result are normalised YAML. Without a change it is `ours` to the letter. */
export function mergeData(base: string, theirs: string, ours: string, rule: KeepRule): string {
  if (base === theirs) return ours;
  const own = viewResources(ours).map(copyResource);
  const untouched = ours.includes('*') ? render(own) : ours;
  const merged = render(mergeResources(viewResources(base), viewResources(theirs), own, rule));
  return merged === untouched ? ours : merged;
}

function render(resources: readonly Resource[]): string {
  return renderDocuments(resources.map(({ document }) => document));
}

function mergeResources(
  before: readonly Resource[],
  after: readonly Resource[],
  own: readonly Resource[],
  rule: KeepRule,
): Resource[] {
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
    return old === undefined || afterOf.has(old) || !isUntouched(old, mine, rule);
  });
  let previous: Resource | undefined;
  for (const resource of after) {
    const old = beforeOf.get(resource);
    let mine = old === undefined ? addedOf.get(resource) : ownOf.get(old);
    if (mine !== undefined) {
      mergeNodes(old?.body, resource.body, mine.body, keepsOf(mine, rule));
      if (old !== undefined) mergeComments(old, resource, mine);
    } else if (old === undefined && !isLocal(findSource(rule.sources, describeResource(resource)), [])) {
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

function keepsOf(mine: Resource, { sources, differences }: KeepRule): Keeps {
  const source = findSource(sources, describeResource(mine));
  return (place, before, own) => isLocal(source, place) || (differences && !equals(before, own));
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
