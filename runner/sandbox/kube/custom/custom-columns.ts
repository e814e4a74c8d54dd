/** The table of a custom kind: its `additionalPrinterColumns`, or its age where it has none. */
import type { Json, JsonObject } from '../kube.ts';
import { asJson, readNumber, readText } from '../objects/fields.ts';
import { ageColumn, column, nameColumn, renderAge, type Column } from '../tables/column.ts';
import { readJsonPath } from './read-json-path.ts';

/** The columns after what the definition says; the name is always the first. */
export function customColumns(columns: readonly JsonObject[]): readonly Column[] {
  if (columns.length === 0) return [nameColumn, { ...ageColumn, type: 'date' }];
  return [nameColumn, ...columns.map((one) => customColumn(one))];
}

function customColumn(definition: JsonObject): Column {
  const type = readText(definition, 'type');
  const path = readText(definition, 'jsonPath');
  const cell: Column['cell'] = (object, now) => {
    const [value] = readJsonPath(asJson(object), path);
    return value === undefined ? null : cellOf(type, value, now);
  };
  return {
    ...column(readText(definition, 'name'), readText(definition, 'description'), cell),
    type: type as Column['type'],
    priority: readNumber(definition, 'priority') ?? 0,
  };
}

function cellOf(type: string, value: Json, now: number): string | number | boolean | null {
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? renderDate(value, now) : null;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

function renderDate(value: string, now: number): string {
  return Number.isNaN(Date.parse(value)) ? '<invalid>' : renderAge(value, now);
}
