/** Finds where a bash text gives a variable a value that depends on the one that it had before the text: run again, it counts on. */
import { parse, type Command } from 'unbash';

/** The first such place, as written: `N=$((N + 1))`, `((N++))`, `LIST+=x`. Undefined if all variables are set anew. */
export function findCounting(source: string): string | undefined {
  return search(JSON.parse(JSON.stringify(parse(source))), { source, known: new Set() });
}

interface Search {
  readonly source: string;
  /** Variables that the text itself has set by now. */
  readonly known: Set<string>;
}

const DECLARES = new Set(['export', 'declare', 'typeset', 'readonly', 'local']);

function search(node: unknown, at: Search): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const fields = node as Readonly<Record<string, unknown>>;
  const here = typeof fields['source'] === 'string' ? { ...at, source: fields['source'] } : at;
  return readNode(fields, here) ?? first(Object.values(fields), (child) => search(child, here));
}

function readNode(fields: Readonly<Record<string, unknown>>, at: Search): string | undefined {
  switch (fields['type']) {
    case 'Command':
      return readAssignments(fields, at);
    case 'For':
    case 'Select':
      at.known.add(String((fields['name'] as { value?: unknown } | undefined)?.value));
      return undefined;
    case 'ArithmeticUnary':
      if (fields['operator'] !== '++' && fields['operator'] !== '--') return undefined;
      return note(nameOf(fields['operand']), true, fields, at);
    case 'ArithmeticBinary': {
      const operator = String(fields['operator']);
      if (!/^(?:[-+*/%&|^]|<<|>>)?=$/.test(operator)) return undefined;
      const name = nameOf(fields['left']);
      const { pos, end } = fields['right'] as { pos: number; end: number };
      return note(name, operator !== '=' || mentions(at.source.slice(pos, end), name), fields, at);
    }
    default:
      return undefined;
  }
}

/** Assignments in front of a command are gone with it; those of `export` and its like stay. */
function readAssignments(
  { name, prefix = [], suffix = [] }: Partial<Command>,
  at: Search,
): string | undefined {
  if (name !== undefined && !DECLARES.has(name.value)) return undefined;
  return first(name === undefined ? prefix : suffix, (item) => {
    if (item.type !== 'Assignment') return undefined;
    const value = item.text.slice(item.text.indexOf('=') + 1);
    return note(
      item.name,
      item.append === true || (value.includes('$') && mentions(value, item.name)),
      item,
      at,
    );
  });
}

function note(
  name: string | undefined,
  depends: boolean,
  place: object,
  { source, known }: Search,
): string | undefined {
  if (name === undefined) return undefined;
  const { pos, end } = place as { pos: number; end: number };
  if (depends && !known.has(name)) return source.slice(pos, end).replace(/\s+/g, ' ');
  known.add(name);
  return undefined;
}

function nameOf(node: unknown): string | undefined {
  const value = (node as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value) ? value : undefined;
}

function mentions(text: string, name: string | undefined): boolean {
  return name !== undefined && new RegExp(String.raw`(?<![\w'])${name}(?!\w)`).test(text);
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
