/**
 * Which names are of a prefix. The lessons make spaces and namespaces `P-traderx` and `P-traderx-…`, and the worker's
 * namespace `P-confighub`; nothing else is ever touched, so `demo` means neither `demo2-traderx` nor `demonstration`.
 */

const APPLICATION = '-traderx';
const WORKERS = '-confighub';

/** A prefix that a hub and a cluster accept at the beginning of any name. */
export function isPrefix(text: string): boolean {
  return /^[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?$/.test(text);
}

/** What ConfigHub writes where a value is still to be set: the word of today and the older one. */
const PLACEHOLDER = /confighubplaceholder|replaceme/;

/** The word in a prefix for which ConfigHub takes every name with it for one that is still to be set, and applies nothing. */
export function findPlaceholder(prefix: string): string | undefined {
  return PLACEHOLDER.exec(prefix)?.[0];
}

/** True for `P-traderx` and `P-traderx-…`. In `P-traderx-traderx` the prefix is `P-traderx`, which is someone else's. */
export function isSpaceOf(prefix: string, slug: string): boolean {
  const own = `${prefix}${APPLICATION}`;
  if (slug !== own && !slug.startsWith(`${own}-`)) return false;
  return slug.lastIndexOf(APPLICATION) === prefix.length;
}

/** True for the namespaces of the prefix's spaces and for that of its worker. */
export function isNamespaceOf(prefix: string, name: string): boolean {
  if (name === `${prefix}${WORKERS}`) return true;
  return isSpaceOf(prefix, name) && !name.endsWith(WORKERS);
}
