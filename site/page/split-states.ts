/**
 * The overview's Markdown begins with what the course is about, and shows under `### After [a lesson](its-file.md)` what there is
 * then. GitHub shows all of it in this order; the site puts the one above its map and each of the others beside its lesson.
 */
import { join, dirname } from 'node:path/posix';
import type { SourceFile } from '../site.ts';

/** A piece of the overview. */
export interface Piece {
  readonly text: string;
  /** Its first line in the file. */
  readonly firstLine: number;
}

export interface SplitOverview {
  /** Up to the first section. */
  readonly lead: Piece;
  /** What is left. */
  readonly rest: Piece;
  /** By the lesson's file. */
  readonly states: ReadonlyMap<string, Piece>;
}

const STATE = /^### After \[[^\]]*\]\(([^)#]+)\)$/;
const HEADING = /^#{1,3} /;

/** Takes the states out of the overview's body. */
export function splitStates({ text, firstLine }: Piece, { file }: Pick<SourceFile, 'file'>): SplitOverview {
  const states = new Map<string, { readonly lines: string[]; readonly firstLine: number }>();
  let open: string[] | undefined;
  const rest = text.split('\n').map((line, index) => {
    const [, target] = STATE.exec(line) ?? [];
    if (target !== undefined) {
      open = [];
      states.set(join(dirname(file), target), { lines: open, firstLine: firstLine + index + 1 });
      return '';
    }
    if (HEADING.test(line)) open = undefined;
    open?.push(line);
    return open === undefined ? line : '';
  });
  const at = rest.findIndex((line) => line.startsWith('## '));
  const end = at === -1 ? rest.length : at;
  return {
    lead: { text: rest.slice(0, end).join('\n'), firstLine },
    rest: { text: rest.slice(end).join('\n'), firstLine: firstLine + end },
    states: new Map(
      [...states].map(([lesson, { lines, firstLine }]) => [lesson, { text: lines.join('\n'), firstLine }]),
    ),
  };
}
