/** Suppressions stand in the front matter, each with code, block and reason. One that hides nothing is an error itself. */
import type { LintProblem, Page, Rule } from './lint.ts';

const UNUSED = 'lint:unused-suppression';

export const SUPPRESSION_RULES: readonly Rule[] = [
  {
    code: UNUSED,
    title: 'A suppression that hides nothing',
    severity: 'error',
    explanation:
      'A suppression says that a problem is known and wanted. When the problem is gone, the line would hide the next one that somebody makes there.',
    bad: 'mtx:\n  allow:\n    - {code: "shell:sleep", id: deploy, reason: "shows the wait"}   # no sleep in #deploy',
    good: 'mtx: {}',
  },
];

/** Problems that make a command fail before it does anything. */
const REFUSED = /^(?:contract:(?:args|flag|space|value)|where:\w+)$/;

/** The page itself says that the block fails (`exit=1`), and each run holds it to that: the mistake is what it shows. */
export function isShown(page: Page, problem: LintProblem): boolean {
  if (!REFUSED.test(problem.code)) return false;
  const id = blockAt(page, problem);
  return page.chapter.blocks.some(
    (block) => block.kind === 'run' && block.id === id && block.expectations.some(({ exit }) => exit !== 0),
  );
}

/** The problems that remain, and those of the suppressions themselves. */
export function suppress(page: Page, problems: readonly LintProblem[]): readonly LintProblem[] {
  const { chapter, file } = page;
  const used = new Set<number>();
  const kept = problems.filter((problem) => {
    const block = blockAt(page, problem);
    const index = chapter.meta.allow.findIndex(({ code, id }) => code === problem.code && id === block);
    if (index !== -1) used.add(index);
    return index === -1;
  });
  const unused = chapter.meta.allow.flatMap(({ code, id }, index): readonly LintProblem[] => {
    if (used.has(index)) return [];
    const isBlock = chapter.blocks.some((block) => block.id === id);
    const message = isBlock ? `nothing in #${id} is reported as ${code}` : `this chapter has no block #${id}`;
    const span = chapter.meta.allowSpans[index] ?? page.lines.span(0, 0);
    const hint = 'remove this suppression, or name the block that it is for';
    return [{ code: UNUSED, severity: 'error', file, span, message, hint }];
  });
  return [...kept, ...unused];
}

function blockAt({ chapter }: Page, { span }: LintProblem): string | undefined {
  return chapter.blocks.find(
    (block) => block.span.start.offset <= span.start.offset && span.start.offset < block.span.end.offset,
  )?.id;
}
