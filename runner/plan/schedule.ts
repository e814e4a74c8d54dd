/**
 * Turns parsed chapters into a plan: which chains there are, in which order their chapters run, and which blocks are
 * left out. Pure: whoever calls it has read the files, and asks `findWanted` which are still missing.
 */
import type { Chapter, ChapterId } from '../chapter/chapter.ts';
import type { Problem } from '../text/text.ts';
import { orderChapters, type Ordered } from './order-chapters.ts';
import { findBlock, planSteps } from './plan-steps.ts';
import type { Chain } from './plan.ts';
import { resolveNeed } from './resolve-need.ts';
import type { Schedule, ScheduleOptions } from './schedule-options.ts';

/** `chapters` are all that were parsed: those requested and those that they need, directly or not. */
export function schedule(chapters: readonly Chapter[], options: ScheduleOptions): Schedule {
  const known = options.noNeeds === true ? chapters.map(withoutNeeds) : chapters;
  const byId = new Map(known.map((chapter) => [chapter.id, chapter]));
  const requested = known.filter((chapter) => options.requested.includes(chapter.id));
  const chosen = requested.filter((chapter) => hasNamedBlocks(chapter, options));
  const ordered = findLast(chosen, byId).map((last) => orderChapters(last, byId, options.nearby ?? []));
  const problems = [
    ...ordered.flatMap((order) => order.problems),
    ...describeNothing(requested, chosen, options),
  ];
  return {
    plan: { chains: ordered.map((order) => buildChain(order, options, chosen, chapters)) },
    problems: dropRepeated(problems),
  };
}

function withoutNeeds(chapter: Chapter): Chapter {
  return { ...chapter, meta: { ...chapter.meta, needs: [] } };
}

function hasNamedBlocks(chapter: Chapter, { only, until }: ScheduleOptions): boolean {
  return [only, until].every((name) => name === undefined || findBlock(chapter, name) >= 0);
}

/** The chapters that end a chain: those that none of the others needs. In a cycle that is the first, so that it is met. */
function findLast(chosen: readonly Chapter[], byId: ReadonlyMap<ChapterId, Chapter>): readonly Chapter[] {
  const last: Chapter[] = [];
  const covered = new Set<ChapterId>();
  const needed = new Set(chosen.flatMap((chapter) => [...reachable(chapter, byId)]));
  for (const chapter of [...chosen.filter(({ id }) => !needed.has(id)), ...chosen]) {
    if (covered.has(chapter.id)) continue;
    last.push(chapter);
    for (const id of [chapter.id, ...reachable(chapter, byId)]) covered.add(id);
  }
  return last.sort((left, right) => chosen.indexOf(left) - chosen.indexOf(right));
}

/** The ids of all that a chapter needs, directly or not. */
function reachable(chapter: Chapter, byId: ReadonlyMap<ChapterId, Chapter>): ReadonlySet<ChapterId> {
  const seen = new Set<ChapterId>();
  const queue: Chapter[] = [chapter];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const need of next.meta.needs) {
      const id = resolveNeed(next.id, need);
      if (seen.has(id)) continue;
      seen.add(id);
      const needed = byId.get(id);
      if (needed !== undefined) queue.push(needed);
    }
  }
  return seen;
}

/** Its chapters as they were read, so that one which is planned alone still says what it needs. */
function buildChain(
  order: Ordered,
  options: ScheduleOptions,
  chosen: readonly Chapter[],
  read: readonly Chapter[],
): Chain {
  const isChosen = ({ id }: Chapter): boolean => chosen.some((chapter) => chapter.id === id);
  const chapters = order.chapters.map((chapter) => read.find(({ id }) => id === chapter.id) ?? chapter);
  return {
    id: chapters.at(-1)?.id ?? '',
    chapters: chapters.map((chapter) => planSteps(chapter, isChosen(chapter), options)),
    needsWorld: chapters.some(({ meta }) => meta.requires.length > 0 || meta.world !== 'any'),
  };
}

function describeNothing(
  requested: readonly Chapter[],
  chosen: readonly Chapter[],
  { only, until }: ScheduleOptions,
): readonly Problem[] {
  if (chosen.length > 0) return [];
  const filter = [only === undefined ? '' : `--only ${only}`, until === undefined ? '' : `--until ${until}`]
    .filter((part) => part !== '')
    .join(' ');
  const top = { line: 1, column: 1, offset: 0 };
  const place = {
    severity: 'error',
    file: requested[0]?.file ?? '',
    span: { start: top, end: top },
  } as const;
  return requested.length === 0
    ? [{ ...place, code: 'plan:no-chapter', message: 'There is no chapter to run.' }]
    : [
        {
          ...place,
          code: 'plan:no-match',
          message: `No block in the named chapters matches ${filter}.`,
          hint: 'Both take the id of a block: `#id` in its fence, or `<section>-<n>`.',
        },
      ];
}

function dropRepeated(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.file} ${problem.message}`, problem])).values()];
}
