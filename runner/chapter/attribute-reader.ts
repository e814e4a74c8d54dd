/**
 * Reads the attributes of one fence by name and reports what is wrong with a value at its place. A value that cannot be
 * understood reads as absent.
 */
import { DURATION_HINT, parseDuration } from '../text/duration.ts';
import { suggestOrList } from '../text/suggest.ts';
import type { Attribute } from './attributes.ts';
import type { Capability } from './chapter.ts';
import type { Reporter, SourceRange } from './report.ts';

/** The attributes of a fence that has a role. `place` gives the range of an attribute in the file. */
export interface RoleAttributes {
  readonly items: readonly Attribute[];
  readonly place: (item: { readonly start: number; readonly end: number }) => SourceRange;
  /** The whole info string or comment. */
  readonly range: SourceRange;
}

export const CAPABILITIES: readonly Capability[] = ['containers', 'rbac', 'network-policy', 'hub-persistent'];

export interface AttributeReader {
  has(name: string): boolean;
  /** Where a key stands; the whole list if it is absent. */
  rangeOf(name: string): SourceRange;
  text(name: string): string | undefined;
  /** A value without which the role means nothing; reports `code` and reads as '' if it is absent. */
  required(name: string, code: string, message: string, hint: string): string;
  durationMs(name: string): number | undefined;
  choice<T extends string>(name: string, known: readonly T[], code: string): T | undefined;
  capability(): Capability | undefined;
  exitStatus(): number | undefined;
}

/** A reader over the attributes of one fence. */
export function createAttributeReader(attributes: RoleAttributes, reporter: Reporter): AttributeReader {
  const find = (name: string): Attribute | undefined =>
    attributes.items.find((item) => item.kind === 'key' && item.name === name);
  const rangeOf = (name: string): SourceRange => {
    const item = find(name);
    return item === undefined ? attributes.range : attributes.place(item);
  };
  const text = (name: string): string | undefined => find(name)?.value;
  const choice = <T extends string>(name: string, known: readonly T[], code: string): T | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    const found = known.find((candidate) => candidate === value);
    if (found === undefined) {
      reporter.error(code, rangeOf(name), `\`${name}\` cannot be \`${value}\``, suggestOrList(value, known));
    }
    return found;
  };
  return {
    has: (name) => attributes.items.some((item) => item.name === name && item.kind !== 'class'),
    rangeOf,
    text,
    required(name, code, message, hint) {
      const value = text(name)?.trim() ?? '';
      if (value === '') reporter.error(code, rangeOf(name), message, hint);
      return value;
    },
    durationMs(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      const ms = parseDuration(value);
      if (ms === undefined) {
        reporter.error('bad-duration', rangeOf(name), `\`${value}\` is no duration`, DURATION_HINT);
      }
      return ms;
    },
    choice,
    capability: () => choice('only', CAPABILITIES, 'unknown-capability'),
    exitStatus: () => readExitStatus(text('exit'), rangeOf('exit'), reporter),
  };
}

function readExitStatus(
  value: string | undefined,
  range: SourceRange,
  reporter: Reporter,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,3}$/.test(value) && Number(value) <= 255) return Number(value);
  reporter.error('bad-exit', range, `\`${value}\` is no exit status`, 'write a number from 0 to 255');
  return undefined;
}
