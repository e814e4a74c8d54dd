/** Tells what is typed at a prompt from what only stands on the page: commands are numbered, print, and take time. */
import type { Block } from '../../runner/chapter/chapter.ts';

const KINDS: ReadonlySet<Block['kind']> = new Set(['run', 'setup', 'cleanup', 'background']);

export function isCommand({ kind }: Block): boolean {
  return KINDS.has(kind);
}
