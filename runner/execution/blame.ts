/** Finds the line of the chapter at which a block failed, from what the shell noted when it happened. */
import type { Block } from '../chapter/chapter.ts';

/** A command that failed: the file that bash was in, and the line there. */
export interface FailedCommand {
  readonly status: number;
  readonly line: number;
  readonly file: string;
}

/** A place in the chapter with the author's own words there, continued lines included. */
export interface Blame {
  readonly line: number;
  readonly command: string;
}

/** `text` is the file that session.sh writes: status, line and file, each ended by NUL; innermost command first. */
export function parseFailedCommands(text: string): readonly FailedCommand[] {
  const fields = text.split('\0');
  return Array.from({ length: Math.floor(fields.length / 3) }, (_, index) => ({
    status: Number(fields[index * 3]),
    line: Number(fields[index * 3 + 1]),
    file: fields[index * 3 + 2] ?? '',
  }));
}

/**
 * The failing line. `sources` maps the files that bash sourced to their blocks: a function of an earlier block fails
 * there. Without a note (`return 3`) it is the block's last line.
 */
export function findBlame(
  block: Block,
  failed: readonly FailedCommand[],
  sources: ReadonlyMap<string, Block>,
): Blame {
  for (const { file, line } of failed) {
    const source = sources.get(file);
    if (source !== undefined) return place(source, line);
  }
  return place(block, block.bodyLines.length);
}

function place(block: Block, line: number): Blame {
  const lines = block.body.split('\n').slice(0, block.bodyLines.length);
  let first = Math.min(Math.max(line, 1), Math.max(lines.length, 1)) - 1;
  while (first > 0 && isContinued(lines[first - 1])) first -= 1;
  let last = first;
  while (last + 1 < lines.length && isContinued(lines[last])) last += 1;
  return {
    line: block.bodyLines[first] ?? block.span.start.line,
    command: lines
      .slice(first, last + 1)
      .map((text) => text.trim())
      .join('\n'),
  };
}

function isContinued(line: string | undefined): boolean {
  return line !== undefined && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
}
