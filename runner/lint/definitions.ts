/**
 * What a bash text defines: variables and functions. Commands that are run later, in a shell of their own, need them again,
 * so it matters which of them can be repeated without changing anything.
 */
import { parse, type Statement } from 'unbash';
import { findUnsafeCommand } from './read-only.ts';

export interface Definition {
  readonly name: string;
  /** The statement, byte for byte. */
  readonly text: string;
  /** Where it starts in the source, in UTF-16 units. */
  readonly at: number;
  /** False where repeating it might change something, or where it is a part of a larger statement. */
  readonly repeatable: boolean;
}

/** What a bash text defines, in order. Never throws. */
export function readDefinitions(source: string): readonly Definition[] {
  return parse(source).commands.flatMap((statement) => readStatement(statement, source));
}

/** The names that a bash text may take from elsewhere: expanded variables, and all words that may call a function. */
export function readNames(source: string): ReadonlySet<string> {
  return new Set(source.match(/[A-Za-z_]\w*/g));
}

function readStatement(statement: Statement, source: string): readonly Definition[] {
  const text = source.slice(statement.pos, statement.end);
  const define = (name: string, repeatable: boolean): Definition => ({
    name,
    text,
    at: statement.pos,
    repeatable,
  });
  const { command } = statement;
  if (command.type === 'Function') return [define(command.name.value, true)];
  const names = [...new Set(assignedNames(JSON.parse(JSON.stringify(command))))];
  const repeatable = isPlainAssignment(command) && findUnsafeCommand(text) === undefined;
  return names.map((name) => define(name, repeatable));
}

/** `A=b`, `export A=b`: nothing but assignments. */
function isPlainAssignment(command: Statement['command']): boolean {
  if (command.type !== 'Command') return false;
  const { name, suffix } = command;
  return name === undefined || (/^(?:export|readonly|declare)$/.test(name.value) && suffix.length > 0);
}

/** Every name that is assigned anywhere in a serialised node, substitutions apart: those have a shell of their own. */
function assignedNames(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(assignedNames);
  const fields = node as Readonly<Record<string, unknown>>;
  if (/^(?:CommandExpansion|ProcessSubstitution|Subshell)$/.test(String(fields['type']))) return [];
  const inner = Object.values(fields).flatMap(assignedNames);
  return [...ownNames(fields), ...inner];
}

function ownNames(fields: Readonly<Record<string, unknown>>): readonly string[] {
  const {
    type,
    name,
    suffix = [],
  } = fields as {
    type?: string;
    name?: unknown;
    suffix?: readonly { type?: string; value?: unknown }[];
  };
  if (type === 'Assignment' && typeof name === 'string') return [name];
  const word = valueOf(name);
  if (type === 'For' || type === 'Select') return word === undefined ? [] : [word];
  if (type !== 'Command' || !/^(?:read|mapfile|readarray)$/.test(word ?? '')) return [];
  return suffix.flatMap(({ value }) =>
    typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value) ? [value] : [],
  );
}

function valueOf(word: unknown): string | undefined {
  const value = (word as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' ? value : undefined;
}
