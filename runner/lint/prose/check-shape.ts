/** lesson:shape: whether a lesson has the parts that all lessons have, in their order. */
import { placeOf } from '../families/call-text.ts';
import type { Finding, Page } from '../lint.ts';
import type { Heading, Prose } from './read-prose.ts';

const PARTS = ['Before you start', 'Check', 'What happened', 'Clean up', 'Next'];
const STEPS = { least: 3, most: 7 };

/** A chapter with two of the parts means to be a lesson; others are free. */
export function* checkShape(page: Page, { headings, lines }: Prose): Iterable<Finding> {
  const sections = headings.filter(({ depth }) => depth === 2);
  const [first] = sections;
  const last = sections.at(-1);
  const present = PARTS.filter((part) => sections.some(({ text }) => text === part));
  if (first === undefined || last === undefined || present.length < 2) return;
  const shape = (heading: Heading, message: string, hint: string): Finding => ({
    code: 'lesson:shape',
    ...placeOf(heading),
    message,
    hint,
  });
  for (const part of PARTS.filter((name) => !present.includes(name)))
    yield shape(last, `The lesson has no part “${part}”, where readers look for it.`, `Add \`## ${part}\`.`);
  const order = sections.map(({ text }) => PARTS.indexOf(text)).filter((index) => index >= 0);
  const wrong = order.findIndex((index, at) => at > 0 && index < (order[at - 1] ?? 0));
  if (wrong > 0) {
    const name = PARTS[order[wrong] ?? 0] ?? '';
    const heading = sections.find(({ text }) => text === name) ?? last;
    yield shape(
      heading,
      `“${name}” stands too late: all lessons have their parts in one order.`,
      `The order is ${PARTS.join(', ')}.`,
    );
  }
  yield* checkSteps(sections, shape, first);
  yield* checkBlocks(page, sections, shape);
  yield* checkCleanUp(page, sections, lines, shape);
}

type Shape = (heading: Heading, message: string, hint: string) => Finding;

function* checkSteps(sections: readonly Heading[], shape: Shape, first: Heading): Iterable<Finding> {
  const steps = sections.filter(({ text }) => /^\d+\. /.test(text));
  const misnumbered = steps.find(({ text }, index) => Number.parseInt(text, 10) !== index + 1);
  if (misnumbered !== undefined) {
    const number = steps.indexOf(misnumbered) + 1;
    yield shape(
      misnumbered,
      `This is step ${number}, and readers are sent to steps by their numbers.`,
      `Write \`## ${number}. …\`.`,
    );
  }
  if (steps.length >= STEPS.least && steps.length <= STEPS.most) return;
  yield shape(
    steps.at(-1) ?? first,
    `The lesson has ${steps.length} numbered steps; a reader can follow ${STEPS.least} to ${STEPS.most}.`,
    steps.length < STEPS.least
      ? 'Split it into `## 1. …`, `## 2. …`.'
      : 'Make two lessons of it, or join steps.',
  );
}

/** A check that no command decides is none. */
function* checkBlocks({ chapter }: Page, sections: readonly Heading[], shape: Shape): Iterable<Finding> {
  const inPart = (part: string) => chapter.blocks.filter(({ headings }) => headings[1] === part);
  const check = sections.find(({ text }) => text === 'Check');
  if (
    check !== undefined &&
    !inPart('Check').some((block) => block.kind === 'run' && block.expectations.length > 0)
  )
    yield shape(
      check,
      'No command decides here whether the lesson worked.',
      'Add a `.run` block with an `.expect` below it.',
    );
}

/** A lesson whose changes go with those of another one links there. */
function* checkCleanUp(
  { chapter }: Page,
  sections: readonly Heading[],
  lines: Prose['lines'],
  shape: Shape,
): Iterable<Finding> {
  const at = sections.findIndex(({ text }) => text === 'Clean up');
  const heading = sections[at];
  if (heading === undefined || chapter.blocks.some(({ kind }) => kind === 'cleanup')) return;
  const end = sections[at + 1]?.start ?? Infinity;
  if (lines.some(({ text, start }) => start > heading.start && start < end && text.includes(']('))) return;
  yield shape(
    heading,
    'The clean-up is never run, so nobody knows whether it works.',
    'Give its block the role `.cleanup`, or link to the lesson that cleans up for this one.',
  );
}
