/**
 * Reads a console transcript: `$ ` and `> ` lines are what was typed, the rest is what came. Other tools' transcripts
 * can be run as they are.
 */

/** The commands, and the output lines below them; numbers are lines of the file. */
export interface Transcript {
  readonly commands: readonly string[];
  readonly commandLines: readonly number[];
  readonly output: readonly string[];
  readonly outputLines: readonly number[];
}

/** Splits the lines of a fence's body. Output above the first command is left in `output`: see `outputLines`. */
export function readTranscript(lines: readonly string[], numbers: readonly number[]): Transcript {
  const commands: string[] = [];
  const commandLines: number[] = [];
  const output: string[] = [];
  const outputLines: number[] = [];
  let typing = false;
  lines.forEach((line, index) => {
    const number = numbers[index] ?? 0;
    const command = /^\$(?: (.*))?$/.exec(line) ?? (typing ? /^>(?: (.*))?$/.exec(line) : null);
    typing = command !== null;
    (typing ? commands : output).push(command === null ? line : (command[1] ?? ''));
    (typing ? commandLines : outputLines).push(number);
  });
  return { commands, commandLines, output, outputLines };
}
