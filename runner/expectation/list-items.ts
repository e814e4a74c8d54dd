/** Which item of a list is meant: a list in a page names its items where they have names, else it counts them. */
import { findCaptures } from './captures.ts';

/** An expected item, its name, and the index of the actual item of that name. */
export interface NamedItem {
  readonly item: unknown;
  readonly name: string;
  readonly found?: number;
}

/** The items by name; undefined where they are told apart by position, because not every expected one has a name of its own. */
export function pairByName(
  expected: readonly unknown[],
  actual: readonly unknown[],
): readonly NamedItem[] | undefined {
  const wanted = expected.flatMap((item) => identityOf(item) ?? []);
  const distinct = new Set(wanted.map(({ name, kind }) => `${kind ?? ''}/${name}`));
  if (wanted.length === 0 || wanted.length < expected.length || distinct.size < wanted.length)
    return undefined;
  const came = actual.map(identityOf);
  return wanted.map((identity, index) => {
    const found = came.findIndex((candidate) => isSame(identity, candidate));
    return { item: expected[index], name: identity.name, ...(found >= 0 && { found }) };
  });
}

/** The names of the items that have one. */
export function namesOf(items: readonly unknown[]): readonly string[] {
  return items.flatMap((item) => identityOf(item)?.name ?? []);
}

interface Identity {
  readonly name: string;
  readonly kind?: string;
}

/** What identifies a list's item: its own name, or a Kubernetes object's. A captured name identifies nothing. */
export function identityOf(item: unknown): Identity | undefined {
  if (!isObject(item)) return undefined;
  const { name, Slug: slug, metadata, kind } = item;
  const own = [name, slug, isObject(metadata) ? metadata['name'] : undefined].find(isText);
  if (own === undefined || findCaptures(own).length > 0) return undefined;
  return { name: own, ...(isText(kind) && { kind }) };
}

/** Whether two items are the same one. */
export function isSame(wanted: Identity, found: Identity | undefined): boolean {
  return found?.name === wanted.name && (wanted.kind === undefined || wanted.kind === found.kind);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
