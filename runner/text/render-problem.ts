/** Shows an author what is wrong and where: the place, the line itself with a caret below, and what to write instead. */
import { createLineMap } from './position.ts';
import type { Problem } from './text.ts';

/** How parts of the text are coloured; the default leaves them plain. */
export type Paint = (role: 'place' | 'error' | 'warning' | 'caret' | 'hint', text: string) => string;

const plain: Paint = (_role, text) => text;
const LONGEST_LINE = 160;

/** `file:line:column: error: message (code)`, the source line with a caret, and the hint. No newline at the end. */
export function renderProblem(problem: Problem, source: string | undefined, paint: Paint = plain): string {
  const { line, column } = problem.span.start;
  const place = paint('place', `${problem.file}:${line}:${column}`);
  const lines = [
    `${place}: ${paint(problem.severity, problem.severity)}: ${problem.message} (${problem.code})`,
  ];
  if (source !== undefined) lines.push(...excerpt(problem, source, paint));
  if (problem.hint !== undefined) lines.push(paint('hint', `  hint: ${problem.hint}`));
  return lines.join('\n');
}

function excerpt(problem: Problem, source: string, paint: Paint): readonly string[] {
  const { start, end } = problem.span;
  const whole = createLineMap(source).textOf(start.line);
  const from = start.column > LONGEST_LINE - 20 ? start.column - 40 : 0;
  const text = whole.slice(from, from + LONGEST_LINE);
  const at = Math.min(start.column - 1 - from, text.length);
  const last = end.line > start.line ? text.length : end.column - 1 - from;
  const width = Math.max(1, Math.min(last, text.length) - at);
  const indent = text.slice(0, at).replace(/[^\t]/g, ' ');
  return [`  ${text}`, `  ${indent}${paint('caret', '^'.repeat(width))}`];
}
