/** Whether two words may be the same name, where parts are only known when a page runs. */
import type { ShellWord } from '../shell/shell.ts';

/** What of a word counts: how it is written and its shape. */
export type NameWord = Pick<ShellWord, 'text' | 'shape'>;

/** False only where they surely differ. Two names that begin with one variable differ if the rest does. */
export function mayEqual(left: NameWord, right: NameWord): boolean {
  const variable = leadingVariable(left);
  const cut = variable !== undefined && variable === leadingVariable(right) ? 1 : 0;
  return meet(left.shape.slice(cut), right.shape.slice(cut));
}

/** The variable that the name begins with: `PREFIX` of `"$PREFIX-traderx"`. */
function leadingVariable({ text, shape }: NameWord): string | undefined {
  return shape.startsWith('\0') ? /^"?\$\{?(\w+)/.exec(text)?.[1] : undefined;
}

/** Patterns in which `\0` stands for any text, the empty one too. */
function meet(left: string, right: string): boolean {
  const row = right.length + 1;
  const open = [0];
  const seen = new Set(open);
  const visit = (at: number): void => {
    if (!seen.has(at)) {
      seen.add(at);
      open.push(at);
    }
  };
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [i, j] = [Math.floor(at / row), at % row];
    if (i === left.length && j === right.length) return true;
    const [a, b] = [left[i], right[j]];
    if (a === '\0') {
      visit(at + row);
      if (b !== undefined) visit(at + 1);
    }
    if (b === '\0') {
      visit(at + 1);
      if (a !== undefined) visit(at + row);
    }
    if (a !== undefined && a === b) visit(at + row + 1);
  }
  return false;
}
