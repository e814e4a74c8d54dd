/** Checks that one entity's ids of others make: that they exist, and who still needs them. */
import type { Table } from '../../store/store.ts';
import type { NamedEntity } from '../entities.ts';
import { badRequest } from '../errors.ts';

/** Throws 400 unless `id` is null or in the table. */
export function requireKnown(table: Table<object>, type: string, id: string | null): void {
  if (id !== null && table.get(id) === undefined) throw badRequest(`${type} ${id} not found`);
}

/** The entities whose field `name` holds `id`. */
export function usersOf<T extends NamedEntity>(table: Table<T>, name: keyof T & string, id: string): T[] {
  return table
    .list({ where: { sql: `json_extract(value, '$.${name}') = ?`, params: [id] } })
    .map(({ value }) => value);
}

/** Throws 400 with the names of those who use what is to be deleted. */
export function refuseIfUsed(what: string, users: readonly NamedEntity[], by: string): void {
  if (users.length === 0) return;
  const names = users.map(({ Slug }) => Slug).sort();
  const some = names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ');
  throw badRequest(`${what} is used by ${by} ${some}`);
}
