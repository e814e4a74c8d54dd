/** The difference of two states of configuration data, resource by resource and path by path, as answers show it. */
import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Scalar } from 'yaml';
import type { MutationInfo, ResourceInfo, ResourceMutation } from './functions.ts';
import { childrenOf, commentOf, renderNode } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { joinPath } from './path.ts';
import { resourceInfo } from './resource.ts';

interface Known {
  readonly doc: ConfigDocument;
  readonly info: ResourceInfo;
}

/** All resources of `after` in order, then those that are gone. `index` is the function's place in the sequence. */
export function computeMutations(
  before: readonly ConfigDocument[],
  after: readonly ConfigDocument[],
  index: number,
): ResourceMutation[] {
  const unmatched = readResources(before);
  const changed = readResources(after).map((resource) => {
    const match = findMatch(unmatched, resource);
    if (match === undefined) return wholeMutation(resource, 'Add', index);
    unmatched.splice(unmatched.indexOf(match), 1);
    return updateMutation(match, resource, index);
  });
  return [...changed, ...unmatched.map((resource) => wholeMutation(resource, 'Delete', index))];
}

function readResources(documents: readonly ConfigDocument[]): Known[] {
  return documents.map((doc) => ({ doc, info: resourceInfo(doc) }));
}

/** The same name, or else the resource of a like type with the fewest differences. */
function findMatch(candidates: readonly Known[], { doc, info }: Known): Known | undefined {
  const alike = candidates.filter((one) => kindOf(one.info) === kindOf(info));
  const same = alike.find((one) => one.info.ResourceNameWithoutScope === info.ResourceNameWithoutScope);
  if (same !== undefined) return same;
  const scored = alike.map((one) => ({ one, count: diff(one.doc, doc, 0).size }));
  return scored.sort((a, b) => a.count - b.count)[0]?.one;
}

function kindOf({ ResourceType }: ResourceInfo): string {
  return ResourceType.split('/').at(-1) ?? '';
}

function wholeMutation({ doc, info }: Known, type: string, index: number): ResourceMutation {
  return {
    Resource: info,
    ResourceMutationInfo: note(type, index, renderNode(doc, doc.root)),
    PathMutationMap: {},
    Aliases: { [info.ResourceName]: {} },
    AliasesWithoutScopes: { [info.ResourceNameWithoutScope]: {} },
  };
}

function updateMutation(before: Known, { doc, info }: Known, index: number): ResourceMutation {
  const paths = diff(before.doc, doc, index);
  return {
    Resource: info,
    ResourceMutationInfo: note(paths.size === 0 ? 'None' : 'Update', index, ''),
    PathMutationMap: Object.fromEntries(paths),
    Aliases: { [before.info.ResourceName]: {}, [info.ResourceName]: {} },
    AliasesWithoutScopes: {
      [before.info.ResourceNameWithoutScope]: {},
      [info.ResourceNameWithoutScope]: {},
    },
  };
}

function note(type: string, index: number, value: string): MutationInfo {
  return { MutationType: type, Index: index, Predicate: true, Value: value };
}

/** The same text, comments included; most scalars show it without being written out. */
function isSame(before: ConfigDocument, old: Node, after: ConfigDocument, now: Node): boolean {
  if (isScalar(old) && isScalar(now) && isWrittenAlike(old, now) && commentOf(old) === commentOf(now))
    return true;
  return renderNode(before, old) === renderNode(after, now);
}

/** A number can be the same and yet be written in another way. */
function isWrittenAlike(old: Scalar, now: Scalar): boolean {
  return old.value === now.value && old.source === now.source && styleOf(old) === styleOf(now);
}

/** A new scalar has no style yet: it is written plainly where that is possible. */
function styleOf({ type }: Scalar): string {
  return type ?? 'PLAIN';
}

/** Two lists, or two mappings; a mapping that was empty counts as something else. */
function isComparable(old: Node, now: Node): boolean {
  if (isMap(old) && isMap(now)) return old.items.length > 0 || now.items.length === 0;
  return isSeq(old) && isSeq(now);
}

function diff(before: ConfigDocument, after: ConfigDocument, index: number): Map<string, MutationInfo> {
  const found = new Map<string, MutationInfo>();
  const report = (type: string, segments: readonly string[], doc: ConfigDocument, node: Node): void => {
    found.set(joinPath(segments), note(type, index, renderNode(doc, node)));
  };
  const compare = (old: Node, now: Node, segments: readonly string[]): void => {
    if (!isComparable(old, now)) {
      if (!isSame(before, old, after, now)) report('Update', segments, after, now);
      return;
    }
    const olds = new Map(childrenOf(before, old));
    for (const [key, child] of childrenOf(after, now)) {
      const was = olds.get(key);
      olds.delete(key);
      if (was === undefined) report('Add', [...segments, key], after, child);
      else compare(was, child, [...segments, key]);
    }
    for (const [key, child] of olds) report('Delete', [...segments, key], before, child);
  };
  compare(before.root, after.root, []);
  return found;
}
