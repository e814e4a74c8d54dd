/**
 * Answers as JSON text. Stored objects are frozen: they never change, only give way to others. So the text of what is frozen
 * is kept as long as the thing itself: lists, tables and watches say the same again and again, most of it `managedFields`.
 */
import type { Json } from '../kube.ts';
import { fieldsOf } from '../schema/json-value.ts';

/** How deep below an answer stored things lie at most: body, rows, row, object, metadata. */
const DEPTH = 4;

const texts = new WeakMap<object, string>();

/** The same text as `JSON.stringify` makes. */
export function renderJson(value: Json, depth: number = DEPTH): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Object.isFrozen(value)) return renderFrozen(value);
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => renderJson(item, depth - 1)).join(',')}]`;
  const fields = fieldsOf(value).map(
    ([name, part]) => `${JSON.stringify(name)}:${renderJson(part, depth - 1)}`,
  );
  return `{${fields.join(',')}}`;
}

function renderFrozen(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
