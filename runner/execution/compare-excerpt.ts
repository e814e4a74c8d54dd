/** Compares a shown excerpt with the file of the repository that it was taken from. */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { ExcerptBlock } from '../chapter/chapter.ts';

/** A difference, at its line in the chapter. */
export interface ExcerptDifference {
  readonly line: number;
  readonly reason: string;
}

/** Undefined if the fence equals the lines that it names, line ends apart. */
export function compareExcerpt(repository: string, block: ExcerptBlock): ExcerptDifference | undefined {
  const from = block.lines?.from ?? 1;
  const source = readSource(repository, block.of);
  if (source === undefined) {
    return { line: block.span.start.line, reason: `there is no file ${block.of} in the repository` };
  }
  const wanted = splitLines(source).slice(from - 1, block.lines?.to);
  const shown = splitLines(block.body);
  for (let index = 0; index < Math.max(wanted.length, shown.length); index += 1) {
    if (wanted[index] === shown[index]) continue;
    return {
      line: block.bodyLines[index] ?? block.span.end.line,
      reason: `${block.of}:${from + index} is ${quote(wanted[index])}, the page shows ${quote(shown[index])}`,
    };
  }
  return undefined;
}

function readSource(repository: string, path: string): string | undefined {
  try {
    const root = realpathSync(repository);
    const file = realpathSync(resolve(root, path));
    return file.startsWith(root + sep) ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function splitLines(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function quote(line: string | undefined): string {
  return line === undefined ? 'nothing' : JSON.stringify(line.slice(0, 200));
}
