/** Finds the commands of a bash text wherever they stand: in substitutions, conditions, loops, functions and heredocs. */
import { parse, type Command, type Word } from 'unbash';

/** What a bash text does, as far as its syntax tells. */
export interface ShellText {
  readonly commands: readonly ShellCommand[];
  /** Names of the functions that it defines. */
  readonly functions: ReadonlySet<string>;
  /** Bash would refuse it. */
  readonly broken: boolean;
}

/** One simple command. A word is undefined where its value is only known when it runs. */
export interface ShellCommand {
  /** As written. */
  readonly text: string;
  readonly words: readonly (string | undefined)[];
  /** Files that it appends to, as written. */
  readonly appends: boolean;
}

/** Reads a bash text. Never throws. */
export function readShell(source: string): ShellText {
  const found: Found = { commands: [], functions: new Set(), broken: false };
  // Serialising reads what the parser computes only on demand: words' parts, substitutions' scripts.
  visit(JSON.parse(JSON.stringify(parse(source))), source, found);
  return found;
}

interface Found {
  readonly commands: ShellCommand[];
  readonly functions: Set<string>;
  broken: boolean;
}

function visit(node: unknown, source: string, found: Found): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, source, found);
    return;
  }
  const fields = node as Readonly<Record<string, unknown>>;
  const own = typeof fields['source'] === 'string' ? fields['source'] : source;
  const { errors } = fields;
  if (Array.isArray(errors) && errors.length > 0) found.broken = true;
  if (fields['type'] === 'Command') found.commands.push(readCommand(node as SerialCommand, own));
  if (fields['type'] === 'Redirected' && appendsTo(fields['redirects'])) {
    found.commands.push({ text: '>>', words: [undefined], appends: true });
  }
  if (fields['type'] === 'Function') found.functions.add((fields['name'] as Word).value);
  for (const value of Object.values(fields)) visit(value, own, found);
}

/** Serialised, an empty list is left out. */
type SerialCommand = Omit<Command, 'prefix' | 'suffix'> & Partial<Pick<Command, 'prefix' | 'suffix'>>;

type CommandItem = Command['prefix'][number] | Command['suffix'][number];

function readCommand(command: SerialCommand, source: string): ShellCommand {
  const { prefix = [], suffix = [] } = command;
  const args = suffix.flatMap((item) =>
    item.type === 'Word' ? [literalOf(item)] : item.type === 'Assignment' ? [item.text] : [],
  );
  const words = command.name === undefined ? [] : [literalOf(command.name), ...args];
  return {
    text: source.slice(command.name?.pos ?? command.pos, command.end).replace(/\s+/g, ' '),
    words,
    appends: [...prefix, ...suffix].some(isAppend),
  };
}

function appendsTo(items: unknown): boolean {
  return Array.isArray(items) && (items as readonly CommandItem[]).some(isAppend);
}

function isAppend(item: CommandItem): boolean {
  return item.type === 'Redirect' && /^&?>>$/.test(item.operator) && item.target?.value !== '/dev/null';
}

/** The value of a word without expansions. */
function literalOf(word: Word): string | undefined {
  const literal = (word.parts ?? []).every(
    (part) =>
      part.type === 'Literal' ||
      part.type === 'SingleQuoted' ||
      part.type === 'AnsiCQuoted' ||
      (part.type === 'DoubleQuoted' && part.parts.every((child) => child.type === 'Literal')),
  );
  return literal ? word.value : undefined;
}
