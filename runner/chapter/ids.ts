/** Gives each block an id: its own, or one from its section that stays when other blocks are named or added elsewhere. */
import type { BlockId } from './chapter.ts';
import type { MarkedFence } from './mark.ts';
import type { Reporter } from './report.ts';
import { createNames } from './section.ts';

/**
 * An id per fence, in the same order. Runs are counted in their section (`deploy-1`), other roles too, with the role in
 * the name (`deploy-expect-1`). An id that is taken is reported, and the block is named as if it had none.
 */
export function assignIds(fences: readonly MarkedFence[], reporter: Reporter): readonly BlockId[] {
  const names = createNames();
  const own = fences.map((fence) =>
    fence.id !== undefined && names.reserve(fence.id) ? fence.id : undefined,
  );
  const counts = new Map<string, number>();
  return fences.map((fence, index) => {
    const stem = fence.role === 'run' ? fence.section.slug : `${fence.section.slug}-${fence.role}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    const id = own[index];
    if (id === undefined && fence.id !== undefined) reportDuplicate(fence, reporter);
    return (id ?? names.claim(`${stem}-${count}`)) as BlockId;
  });
}

function reportDuplicate(fence: MarkedFence, reporter: Reporter): void {
  const item = fence.attributes.items.find(({ kind }) => kind === 'id');
  const range = item === undefined ? fence.attributes.range : fence.attributes.place(item);
  reporter.error(
    'duplicate-id',
    range,
    `the id \`${fence.id ?? ''}\` is used twice`,
    'ids are unique in a chapter',
  );
}
