/**
 * Lists with columns that the user names as paths (`Space.Slug`, `Labels.tier`). The original walks its structs by
 * reflection; here the same struct descriptions decide whether a name is a field, and how its value prints.
 */
import structs from './data/structs.json' with { type: 'json' };
import type { Entity } from './cub.ts';
import { ZERO_ID, entityOf } from './entity.ts';
import { columnTime } from './go-time.ts';

const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>>>> = structs;

export interface ColumnRules {
  /** Such as Unit; the rows are of its extended wrapper. */
  readonly entity: string;
  /** Other names for columns. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly computed: Readonly<Record<string, (item: Entity) => string>>;
}

/** A value and the kind it has in the client's structs. */
interface Spot {
  readonly kind: string;
  readonly value: unknown;
}

/** The cell's text: empty for what is not set, `?` for a name that is no field. */
export function columnValue(rules: ColumnRules, item: Entity, column: string): string {
  const computed = rules.computed[column];
  if (computed !== undefined) return computed(item);
  const path = rules.aliases[column] ?? column;
  const mapped = /^(?:Labels|Annotations)\./.test(path) ? `${rules.entity}.${path}` : path;
  let spot: Spot = { kind: `Extended${rules.entity}`, value: item };
  for (const [at, name] of mapped.split('.').entries()) {
    const next = step(spot, name) ?? (at === 0 ? shortcut(rules, spot, name) : undefined);
    if (next === undefined) return isNil(spot) || spot.kind.startsWith('{}') ? '' : '?';
    spot = next;
  }
  return formatSpot(spot);
}

function isNil(spot: Spot): boolean {
  return spot.kind.startsWith('*') && (spot.value === null || spot.value === undefined);
}

function step(spot: Spot, name: string): Spot | undefined {
  if (isNil(spot)) return undefined;
  const kind = spot.kind.replace(/^\*/, '');
  if (kind.startsWith('{}')) {
    const value = entityOf(spot.value)[name];
    return value === undefined ? undefined : { kind: kind.slice(2), value };
  }
  const field = STRUCTS[kind]?.[name];
  return field === undefined
    ? undefined
    : { kind: field.replace(/\?$/, ''), value: entityOf(spot.value)[name] };
}

/** `HeadRevisionNum` for `Unit.HeadRevisionNum`. */
function shortcut(rules: ColumnRules, spot: Spot, name: string): Spot | undefined {
  const inner = step(spot, rules.entity);
  return inner === undefined ? undefined : step(inner, name);
}

function formatSpot(spot: Spot): string {
  if (isNil(spot)) return '';
  const { value } = spot;
  const kind = spot.kind.replace(/^\*/, '');
  if (kind.startsWith('[]')) return Array.isArray(value) && value.length > 0 ? `${value.length} items` : '';
  if (kind.startsWith('{}')) return describeKeys(Object.keys(entityOf(value)));
  if (value === undefined && (kind === 'string' || kind === 'uuid')) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? ZEROS[kind] ?? {});
  if (kind === 'time') return columnTime(text);
  return kind === 'uuid' && value === ZERO_ID && !spot.kind.startsWith('*') ? '' : text;
}

const ZEROS: Readonly<Record<string, unknown>> = { int: 0, bool: false };

function describeKeys(keys: readonly string[]): string {
  const [only = 'None', ...rest] = keys;
  return rest.length === 0 ? only : 'Multiple';
}

/** `Unit.LastChangeDescription` is headed `Last-Change-Description`, `Space.Slug` is headed `Space`. */
export function columnTitle(rules: ColumnRules, column: string): string {
  const own = column.startsWith(`${rules.entity}.`) ? column.slice(rules.entity.length + 1) : column;
  if (own.startsWith('Labels.')) return `Label:${own.slice('Labels.'.length)}`;
  if (own.startsWith('Annotations.')) return `Annotation:${own.slice('Annotations.'.length)}`;
  if (rules.aliases[own] !== undefined) return own;
  if (own === 'Slug') return 'Name';
  if (own.endsWith('.Slug')) return own.slice(0, -'.Slug'.length);
  const last = own.split('.').at(-1) ?? '';
  return last.replaceAll(/(?<=[^A-Z])(?=[A-Z])/g, '-').replaceAll(/[^A-Za-z0-9]+/g, '-');
}
