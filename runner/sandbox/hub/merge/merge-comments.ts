/**
 * Comments in a merge. They are no values, so nobody's record has them: one that upstream wrote, changed or took away comes
 * where it is here as it was, and any other stays.
 */
import { isMap, isNode, isSeq } from 'yaml';
import type { Document, Node, YAMLMap, YAMLSeq } from 'yaml';
import { alignElements } from './align.ts';
import { identifyElements } from './element-pairs.ts';
import { equals, itemsOf, keyText, pairOf } from './node.ts';
import type { Resource } from './resources.ts';

/** Changes `ours`, which has been merged already. */
export function mergeComments(base: Resource, theirs: Resource, ours: Resource): void {
  mergeMarks(base.document, theirs.document, ours.document, equals(base.body, theirs.body));
  mergeNode(base.body, theirs.body, ours.body);
}

function mergeNode(base: unknown, theirs: unknown, ours: unknown): void {
  if (!isNode(base) || !isNode(theirs) || !isNode(ours)) return;
  mergeMarks(base, theirs, ours, equals(base, theirs));
  if (isMap(base) && isMap(theirs) && isMap(ours)) mergeMap(base, theirs, ours);
  if (isSeq(base) && isSeq(theirs) && isSeq(ours)) mergeList(base, theirs, ours);
}

function mergeMap(base: YAMLMap, theirs: YAMLMap, ours: YAMLMap): void {
  for (const own of ours.items) {
    const before = pairOf(base, keyText(own));
    const after = pairOf(theirs, keyText(own));
    if (before === undefined || after === undefined) continue;
    mergeNode(before.key, after.key, own.key);
    mergeNode(before.value, after.value, own.value);
  }
}

function mergeList(base: YAMLSeq, theirs: YAMLSeq, ours: YAMLSeq): void {
  const elements = identifyElements(base, theirs, ours);
  if (elements !== undefined) {
    for (const [id, before] of elements.old) mergeNode(before, elements.now.get(id), elements.mine.get(id));
    return;
  }
  const now = alignElements(itemsOf(base), itemsOf(theirs));
  const mine = alignElements(itemsOf(base), itemsOf(ours));
  for (const before of itemsOf(base)) mergeNode(before, now.get(before), mine.get(before));
}

type Commented = Pick<Node | Document, 'comment' | 'commentBefore'>;

/** What went with a value that upstream took away, took no comment away here. */
function mergeMarks(base: Commented, theirs: Commented, ours: Commented, isSame: boolean): void {
  for (const mark of ['comment', 'commentBefore'] as const) {
    const [before, after, own] = [base[mark] ?? '', theirs[mark] ?? '', ours[mark] ?? ''];
    if (after !== before && own === before && (after !== '' || isSame)) ours[mark] = theirs[mark] ?? null;
  }
}
