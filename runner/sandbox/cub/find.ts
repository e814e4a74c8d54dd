/** Which command a command line means: spf13/cobra's search, which knows just enough of flags to step over them. */
import { ROOT, childName, commandSpec, flagsOf } from './commands.ts';
import { Failure } from './failure.ts';

export interface Found {
  readonly command: string;
  /** The words without the command's own. */
  readonly words: readonly string[];
}

/** An unknown first word is an error; further on it is an argument (of a group, which then prints its help). */
export function findCommand(words: readonly string[]): Found {
  let found: Found = { command: ROOT, words };
  for (;;) {
    const next = descend(found);
    if (next === undefined) break;
    found = next;
  }
  const [first] = skipFlags(found.command, found.words);
  if (found.command === ROOT && first !== undefined)
    throw new Failure(`unknown command "${first}" for "cub"${suggestions(first)}`);
  return found;
}

function descend(found: Found): Found | undefined {
  return stepInto(found, commandSpec(found.command).commands ?? []);
}

/** The command among `names` that the words go on with. */
export function stepInto(found: Found, names: readonly string[]): Found | undefined {
  const [first] = skipFlags(found.command, found.words);
  if (first === undefined || !names.includes(first)) return undefined;
  return { command: childName(found.command, first), words: dropFirst(found, first) };
}

/** The words that are no flags and no values of flags. */
function skipFlags(command: string, words: readonly string[]): string[] {
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (takesNext(command, word)) at += 1;
    else if (word !== '' && !word.startsWith('-')) plain.push(word);
  }
  return plain;
}

function dropFirst(found: Found, name: string): readonly string[] {
  for (let at = 0; at < found.words.length; at += 1) {
    const word = found.words[at] ?? '';
    if (word === '--') break;
    if (takesNext(found.command, word)) at += 1;
    else if (word === name) return found.words.toSpliced(at, 1);
  }
  return found.words;
}

/** A flag that is unknown at this level is taken to have a value. */
function takesNext(command: string, word: string): boolean {
  if (word.includes('=')) return false;
  const { own, inherited } = flagsOf(command);
  const all = [...own, ...inherited];
  if (word.startsWith('--')) return all.find((flag) => `--${flag.name}` === word)?.type !== 'bool';
  const short = word.length === 2 && word.startsWith('-');
  return short && all.find((flag) => `-${flag.shorthand}` === word)?.type !== 'bool';
}

function suggestions(typed: string): string {
  const names = (commandSpec(ROOT).commands ?? []).filter((name) => commandSpec(name).hidden !== true);
  const near = names.filter(
    (name) => distance(typed, name) <= 2 || name.toLowerCase().startsWith(typed.toLowerCase()),
  );
  return near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
}

/** Levenshtein distance, case ignored. */
function distance(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
