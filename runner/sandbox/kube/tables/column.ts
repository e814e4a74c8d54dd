/** What a table column is. Columns are data: a kind's table is a list of them. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { textAt } from '../schema/read-json.ts';
import { renderHumanDuration } from './human-duration.ts';

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'date';
  /** `name` marks the column that `-o name` and completion read. */
  readonly format: '' | 'name';
  readonly description: string;
  /** 1: only with `-o wide`. */
  readonly priority: number;
  /** `now` is in milliseconds since 1970. */
  readonly cell: (object: KubeObject, now: number) => string | number | boolean | null;
}

type Cell = Column['cell'];

/** A column that is always shown. */
export function column(name: string, description: string, cell: Cell): Column {
  return { name, type: 'string', format: '', description, priority: 0, cell };
}

/** A column that only `-o wide` shows. */
export function wideColumn(name: string, description: string, cell: Cell): Column {
  return { ...column(name, description, cell), priority: 1 };
}

export const nameColumn: Column = {
  ...column('Name', 'Name of the object, unique within its namespace.', (object) => object.metadata.name),
  format: 'name',
};

export const ageColumn: Column = column('Age', 'Time since the object was created.', (object, now) =>
  renderAge(object.metadata.creationTimestamp ?? '', now),
);

/** The time since a timestamp, `<unknown>` for none. */
export function renderAge(timestamp: string, now: number): string {
  const then = Date.parse(timestamp);
  return Number.isNaN(then) ? '<unknown>' : renderHumanDuration(now - then);
}

/** The text, or a placeholder for none. */
export function orNone(text: string, placeholder = '<none>'): string {
  return text === '' ? placeholder : text;
}

/** Names and images of containers, as `-o wide` lists them. */
export function joinField(objects: readonly JsonObject[], field: string): string {
  return objects.map((object) => textAt(object, field)).join(',');
}
