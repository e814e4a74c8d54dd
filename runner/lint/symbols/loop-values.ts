/** The values that a word takes, also where it holds the variable of a loop over literal words. */
import type { ShellCommand, ShellWord } from '../shell/shell.ts';

/** Empty where they are only known at run time. */
export function valuesOf({ parents }: ShellCommand, word: ShellWord): readonly string[] {
  if (word.value !== undefined) return [word.value];
  const names = [...word.text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name);
  const pieces = word.shape.split('\0');
  if (names.length !== 1 || pieces.length !== 2) return [];
  const loop = parents.findLast((node) => node.type === 'For' && node.name.value === names[0]);
  const items = loop?.type === 'For' ? (loop.wordlist ?? []).map(({ value }) => value) : [];
  return items.every((item) => /^[\w.-]+$/.test(item)) ? items.map((item) => pieces.join(item)) : [];
}
