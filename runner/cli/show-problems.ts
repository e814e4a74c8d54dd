/** Shows problems with a caret to whoever wrote the chapter. */
import type { Style } from '../report/style.ts';
import { renderProblem, type Paint } from '../text/render-problem.ts';
import type { Problem } from '../text/text.ts';
import { chooseStyle } from './colour.ts';
import type { Host, TextStream } from './host.ts';

type ReadText = (file: string) => string | undefined;

/** Prints them on the standard error stream before a run; `read` gives a chapter's text. True if there is an error among them. */
export function showProblems(
  problems: readonly Problem[],
  read: ReadText,
  host: Host,
  color?: string,
): boolean {
  writeProblems(problems, read, chooseStyle(color, host.env, host.stderr), host.stderr);
  const errors = problems.filter(isError).length;
  if (errors > 0) host.stderr.write(`${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was run\n`);
  return errors > 0;
}

/** A line each and its remedy: what does not stop a run shall not hide it, and may be why it fails. */
export function showBriefly(problems: readonly Problem[], host: Host, color?: string): void {
  const paint = paintWith(chooseStyle(color, host.env, host.stderr));
  for (const problem of problems) host.stderr.write(`${renderProblem(problem, undefined, paint)}\n`);
}

/** Each problem with its line, a caret and the hint, and a blank line after it. */
export function writeProblems(
  problems: readonly Problem[],
  read: ReadText,
  style: Style,
  stream: TextStream,
): void {
  const paint = paintWith(style);
  for (const problem of problems) {
    stream.write(`${renderProblem(problem, read(problem.file), paint)}\n\n`);
  }
}

export function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function paintWith(style: Style): Paint {
  const roles = { place: 'strong', error: 'bad', warning: 'warn', caret: 'bad', hint: 'dim' } as const;
  return (role, text) => style(roles[role], text);
}
