/** Prints what is wrong with chapters, each with a caret under its place. */
import type { Style } from '../report/style.ts';
import { renderProblem, type Paint } from '../text/render-problem.ts';
import type { Problem } from '../text/text.ts';
import { chooseStyle } from './colour.ts';
import type { Host } from './host.ts';

/** Prints them on the standard error stream; `read` gives a chapter's text. True if there is an error among them. */
export function showProblems(
  problems: readonly Problem[],
  read: (file: string) => string | undefined,
  host: Host,
  color?: string,
): boolean {
  const style = chooseStyle(color, host.env, host.stderr);
  for (const problem of problems) {
    host.stderr.write(`${renderProblem(problem, read(problem.file), paintWith(style))}\n\n`);
  }
  const errors = problems.filter(isError).length;
  if (errors > 0) host.stderr.write(`${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was run\n`);
  return errors > 0;
}

export function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function paintWith(style: Style): Paint {
  const roles = { place: 'strong', error: 'bad', warning: 'warn', caret: 'bad', hint: 'dim' } as const;
  return (role, text) => style(roles[role], text);
}
