/** Small shapes of text that several views share. */

/** A command as it would be typed: `$ ` before its first line, `> ` before the others. */
export function renderCommand(command: string): readonly string[] {
  return splitLines(command).map((line, index) => (index === 0 ? `$ ${line}` : `> ${line}`));
}

/** The lines of a text without the empty ones at its end. */
export function splitLines(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split('\n');
}

/** The lines moved to the right, without blanks at their ends. */
export function indentLines(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => (' '.repeat(by) + line).trimEnd());
}
