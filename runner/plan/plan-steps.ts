/** Decides, block by block, what of a chapter will be executed, and why the rest will not. */
import type { Block, Capability, Chapter } from '../chapter/chapter.ts';
import { describeLack } from '../text/describe-lack.ts';
import type { ScheduleOptions } from './schedule-options.ts';
import type { PlannedChapter, Step } from './plan.ts';

type Filters = Pick<ScheduleOptions, 'only' | 'until' | 'timeoutMs' | 'capabilities'>;

/** `filters` name blocks of requested chapters; a needed chapter runs whole. */
export function planSteps(chapter: Chapter, requested: boolean, filters: Filters): PlannedChapter {
  const end = requested ? findBlock(chapter, filters.until) : -1;
  const steps = chapter.blocks.map((block, index): Step => {
    const skip =
      skipByRole(block, filters.capabilities) ??
      (requested ? skipByFilter(block, filters.only) : undefined) ??
      (end >= 0 && index > end && block.kind !== 'cleanup'
        ? `comes after --until ${filters.until}`
        : undefined);
    return {
      block,
      timeoutMs: filters.timeoutMs ?? ('timeoutMs' in block ? block.timeoutMs : chapter.meta.timeoutMs),
      ...(skip === undefined ? {} : { skip }),
    };
  });
  return { chapter, requested, steps };
}

/** The index of the block that `--only` or `--until` names; -1 if the chapter has none. */
export function findBlock(chapter: Chapter, name: string | undefined): number {
  if (name === undefined) return -1;
  const id = name.replace(/^#/, '');
  return chapter.blocks.findIndex((block) => block.id === id);
}

function skipByRole(block: Block, capabilities: ReadonlySet<Capability> | undefined): string | undefined {
  if (block.kind === 'skip') return block.reason;
  if (block.kind !== 'run' || block.only === undefined) return undefined;
  return capabilities === undefined || capabilities.has(block.only) ? undefined : describeLack(block.only);
}

function skipByFilter(block: Block, only: string | undefined): string | undefined {
  if (only === undefined || (block.kind !== 'run' && block.kind !== 'excerpt')) return undefined;
  return block.id === only.replace(/^#/, '') ? undefined : `not named by --only ${only}`;
}
