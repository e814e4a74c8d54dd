/**
 * A parsed where expression as SQL over the store's JSON. Values reach SQL only as bound parameters; names only from the
 * attribute table. SQLite has no regular expressions, so those terms come back as a filter over what SQL selected.
 */
import type { SqlCondition, SqlValue } from '../../store/store.ts';
import { badRequest } from '../errors.ts';
import { expandTime } from '../time.ts';
import { searchFor } from './search.ts';
import type { Attribute, Literal, Operator, Relation, Term } from './where.ts';

/** What SQL can decide, and what is left to decide row by row. */
export interface Compiled {
  readonly condition: SqlCondition;
  /** Terms with a regular expression; each is to be tested against the text of its attribute. */
  readonly patterns: readonly {
    readonly attribute: Attribute;
    readonly matches: (text: string) => boolean;
  }[];
}

/** SQLite's LIKE ignores case, the server's does not: GLOB says the same with other signs. */
const SQL_OPERATORS: Readonly<Partial<Record<Operator, string>>> = { LIKE: 'GLOB', ILIKE: 'LIKE' };

const PATTERN_OPERATORS: ReadonlySet<Operator> = new Set(['~', '~*', '!~', '!~*']);

/** Compiles `terms` over the table named `table`; `nameTable` gives the table of a related entity type. */
export function compileWhere(
  terms: readonly Term[],
  table: string,
  nameTable: (type: string) => string,
): Compiled {
  const inSql = terms.filter(({ operator }) => !PATTERN_OPERATORS.has(operator));
  const conditions = inSql.map((term) => compileTerm(term, table, nameTable));
  return {
    condition: {
      sql: conditions.length === 0 ? '1' : conditions.map(({ sql }) => `(${sql})`).join(' AND '),
      params: conditions.flatMap(({ params }) => params),
    },
    patterns: terms
      .filter(({ operator }) => PATTERN_OPERATORS.has(operator))
      .map(({ left, operator, right }) => ({ attribute: left, matches: compilePattern(operator, right[0]) })),
  };
}

function compileTerm(
  { left, operator, right }: Term,
  table: string,
  nameTable: (type: string) => string,
): SqlCondition {
  const value = (operand: Attribute): SqlCondition => compileValue(operand, table, nameTable);
  const subject = value(left);
  if (operator === 'IS NULL' || operator === 'IS NOT NULL')
    return { sql: `${subject.sql} ${operator}`, params: subject.params };
  const operands = right.map((item) =>
    item.kind === 'attribute' ? value(item) : { sql: '?', params: [bindLiteral(left, operator, item)] },
  );
  const params = [...subject.params, ...operands.flatMap((operand) => operand.params)];
  const first = operands[0]?.sql ?? '?';
  if (operator === 'IN' || operator === 'NOT IN')
    return { sql: `${subject.sql} ${operator} (${operands.map(({ sql }) => sql).join(', ')})`, params };
  if (operator === '?')
    return { sql: `${first} IN (SELECT value FROM json_each(${subject.sql}))`, params: params.toReversed() };
  if (operator === 'NOT LIKE') return { sql: `NOT (${subject.sql} GLOB ${first})`, params };
  return { sql: `${subject.sql} ${SQL_OPERATORS[operator] ?? operator} ${first}`, params };
}

/** The value of an attribute: read from our row, or from the related row by a subquery. */
function compileValue(
  attribute: Attribute,
  table: string,
  nameTable: (type: string) => string,
): SqlCondition {
  const { relation } = attribute;
  if (relation === undefined) return readValue(attribute, `"${table}".value`);
  const read = readValue(attribute, 'related.value');
  const related = nameTable(relation.type);
  const key = compileKey(relation, `"${table}".value`, related);
  return {
    sql: `(SELECT ${read.sql} FROM "${related}" AS related WHERE related.key = ${key})`,
    params: read.params,
  };
}

/** The key of the related row, as `numberedKey` makes those of a unit's history. */
function compileKey({ by, how }: Relation, source: string, related: string): string {
  const held = `json_extract(${source}, '$.${by}')`;
  if (how === 'number') return `json_extract(${source}, '$.UnitID') || printf('/%010d', ${held})`;
  // `0` is the sign after `/`.
  return how === 'newest'
    ? `(SELECT max(key) FROM "${related}" AS own WHERE own.key > ${held} || '/' AND own.key < ${held} || '0')`
    : held;
}

function readValue(attribute: Attribute, source: string): SqlCondition {
  const path = attribute.key === undefined ? `$.${attribute.path}` : `$.${attribute.path}."${attribute.key}"`;
  const value = `json_extract(${source}, ?)`;
  if (!attribute.length) {
    return attribute.key === undefined
      ? { sql: `json_extract(${source}, '${path}')`, params: [] }
      : { sql: value, params: [path] };
  }
  return attribute.type === 'string'
    ? { sql: `length(${value})`, params: [path] }
    : { sql: `(SELECT count(*) FROM json_each(${source}, ?))`, params: [path] };
}

function bindLiteral(left: Attribute, operator: Operator, literal: Literal): SqlValue {
  if (literal.kind === 'boolean') return literal.value ? 1 : 0;
  if (literal.kind === 'integer') return literal.value;
  if (operator === 'LIKE' || operator === 'NOT LIKE') return toGlob(literal.value);
  if (left.type === 'uuid' || left.type === 'uuids') return literal.value.toLowerCase();
  return left.type === 'time' ? (expandTime(literal.value) ?? literal.value) : literal.value;
}

function toGlob(pattern: string): string {
  return pattern.replaceAll(/[*?[]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}

function compilePattern(
  operator: Operator,
  right: Literal | Attribute | undefined,
): (text: string) => boolean {
  const source = right?.kind === 'string' ? right.value : undefined;
  if (source === undefined) throw badRequest(`operator ${operator} needs a string`);
  const found = searchFor(source, operator.endsWith('*'));
  return operator.startsWith('!') ? (text) => !found(text) : found;
}
