/** Whose entities a clause finds: those of the reader, or those of everybody who shares the hub. */
import { parseWhere } from './parse-where.ts';
import type { WhereTerm } from './where.ts';

/** `unknown` where a part of the clause is only known when it runs, or the clause is refused anyway. */
export type Reach = 'own' | 'everybody' | 'unknown';

/** What a page says of the reader’s prefix. */
export interface Prefixed {
  /** Texts that the prefix is known to be; what only a run knows may always be it. */
  readonly prefixes: readonly string[];
  /** Attributes of the entity that get the prefix where the pages create it, such as `Slug` or `Labels.App`. */
  readonly written: ReadonlySet<string>;
}

const NAME = /^(?:Space\.)?(?:SpaceID|Slug)$/;
const LABEL = /^(?:Space\.)?Labels\./;

/** Of all its comparisons one is enough that keeps to the reader’s own, since all are joined by AND. */
export function findReach(clause: string, entity: string | undefined, prefixed: Prefixed): Reach {
  const { terms, open, fault } = parseWhere(clause, 'attributes');
  if (fault !== undefined) return 'unknown';
  if (terms.some((term) => isOwn(term, entity, prefixed))) return 'own';
  return open ? 'unknown' : 'everybody';
}

/** A space that is named is meant; everything else must hold the prefix, and not merely exclude something. */
function isOwn(term: WhereTerm, entity: string | undefined, prefixed: Prefixed): boolean {
  const { left, operator, right, length } = term;
  const texts = right.flatMap(({ kind, text }) => (kind === 'string' ? [text] : []));
  if (length || texts.length === 0 || texts.length < right.length) return false;
  const isOfSpace = entity === 'Space' || left === 'SpaceID' || left.startsWith('Space.');
  const isSpace = isOfSpace && (NAME.test(left) || LABEL.test(left));
  if (operator === '=' || operator === 'IN') {
    return (isSpace && NAME.test(left)) || texts.every((text) => holdsPrefix(text, prefixed));
  }
  if (!isSpace && !prefixed.written.has(left)) return false;
  if (/^(?:I?LIKE|~~)$/.test(operator)) return texts.every((text) => startsWithPrefix(text, prefixed));
  return (
    /^~\*?$/.test(operator) &&
    texts.every((text) => text.startsWith('^') && startsWithPrefix(text.slice(1), prefixed))
  );
}

function holdsPrefix(text: string, prefixed: Prefixed): boolean {
  return text.includes('\0') || startsWithPrefix(text, prefixed);
}

/** True for a text or pattern that begins with the prefix, or with what may be it. */
export function startsWithPrefix(text: string, { prefixes }: Pick<Prefixed, 'prefixes'>): boolean {
  return text.startsWith('\0') || prefixes.some((prefix) => text.startsWith(prefix));
}
