/**
 * A clean-up and a deploy phase run on another day, in a shell that knows nothing. What they use of what the chapter defined
 * before, variables and functions, has to reach them.
 */
import type { Block, Chapter } from '../chapter/chapter.ts';
import { readDefinitions, readNames, type Definition } from '../lint/definitions.ts';
import type { Problem } from '../text/text.ts';

export interface Carried {
  /** Statements of the chapter, byte for byte, in its order. */
  readonly lines: readonly string[];
  readonly problems: readonly Problem[];
}

/** For a clean-up: it reads again what the chapter read. A value that only a change gives is a problem. */
export function carryDefinitions(
  chapter: Chapter,
  before: readonly Block[],
  users: readonly Block[],
): Carried {
  const own = new Set(users.flatMap(({ body }) => readDefinitions(body).map(({ name }) => name)));
  const carried = findShared(before, users, own);
  return {
    lines: [...new Set(carried.map(({ found }) => found.text))].flatMap((text) => text.split('\n')),
    problems: carried
      .filter(({ found }) => !found.repeatable)
      .map(({ block, found }) => describeLost(chapter, block, found)),
  };
}

/** For a deploy phase: the names that it takes from the structure phase, whose values are kept. */
export function listShared(before: readonly Block[], users: readonly Block[]): readonly string[] {
  return [...new Set(findShared(before, users).map(({ found }) => found.name))];
}

interface Shared {
  readonly block: Block;
  readonly found: Definition;
}

function findShared(
  before: readonly Block[],
  users: readonly Block[],
  own: ReadonlySet<string> = new Set(),
): readonly Shared[] {
  const known = before
    .filter(isShell)
    .flatMap((block) => readDefinitions(block.body).map((found) => ({ block, found })));
  const wanted = new Set(users.flatMap(({ body }) => [...readNames(body)]).filter((name) => !own.has(name)));
  for (const { found } of known.toReversed()) {
    if (wanted.has(found.name)) for (const name of readNames(found.text)) wanted.add(name);
  }
  return known.filter(({ found }) => wanted.has(found.name));
}

function isShell({ kind }: Block): boolean {
  return kind === 'run' || kind === 'setup';
}

function describeLost({ file }: Chapter, block: Block, { name, at }: Definition): Problem {
  const line = block.bodyLines[block.body.slice(0, at).split('\n').length - 1] ?? block.span.start.line;
  const place = { line, column: 1, offset: block.bodySpan.start.offset };
  return {
    code: 'export:lost-value',
    severity: 'error',
    file,
    span: { start: place, end: place },
    message: `The clean-up uses ${name}, which this statement sets, and it cannot be run again without harm.`,
    hint: `Set ${name} by a command that only reads, in a statement of its own: ${name}="$(… get …)".`,
  };
}
