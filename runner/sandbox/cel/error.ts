/** An expression that is wrong, or that cannot be evaluated on the values it meets. */
export class CelError extends Error {}

/** A fault of the expression itself, shown with its place. `at` counts from 0. */
export function faultAt(source: string, at: number, message: string): CelError {
  const lines = source.slice(0, at).split('\n');
  const column = source === '' ? 0 : (lines.at(-1)?.length ?? 0) + 1;
  const line = source.split('\n')[lines.length - 1] ?? '';
  const mark = source === '' ? '' : `\n | ${line}\n | ${'.'.repeat(Math.max(column - 1, 0))}^`;
  return new CelError(`ERROR: <input>:${lines.length}:${column}: ${message}${mark}`);
}

/** What CEL has and this engine has not; `operation` names it. */
export class CelUnknown extends Error {}
