/** Shows problems with a caret to whoever wrote the chapter. */
import { renderProblem, type Paint } from '../text/render-problem.ts';
import type { Problem } from '../text/text.ts';
import type { Style } from '../report/style.ts';
import type { TextStream } from './host.ts';

/** Each problem with its line, a caret and the hint, and a blank line after it. */
export function showProblems(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
  style: Style,
  stream: TextStream,
): void {
  const paint = paintWith(style);
  for (const problem of problems) {
    stream.write(`${renderProblem(problem, sources.get(problem.file), paint)}\n\n`);
  }
}

/** A line each: what does not stop a run shall not hide it either. */
export function showBriefly(problems: readonly Problem[], style: Style, stream: TextStream): void {
  const paint = paintWith(style);
  for (const problem of problems) stream.write(`${renderProblem(withoutHint(problem), undefined, paint)}\n`);
}

function paintWith(style: Style): Paint {
  const roles = { place: 'strong', error: 'bad', warning: 'warn', caret: 'bad', hint: 'dim' } as const;
  return (role, text) => style(roles[role], text);
}

function withoutHint({ hint: _hint, ...problem }: Problem): Problem {
  return problem;
}
