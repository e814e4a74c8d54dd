/**
 * Answers as JSON text. Stored objects are frozen: they never change, only give way to others. So the text of what is frozen
 * is kept as long as the thing itself: lists, tables and watches say the same again and again, most of it `managedFields`.
 */
import type { Json } from '../kube.ts';
import { fieldsOf } from '../schema/json-value.ts';

/** How deep below an answer stored things lie at most: body, rows, row, object, metadata. */
const DEPTH = 4;

const texts = new WeakMap<object, string>();

/** The same text as `JSON.stringify` makes. Pieces are added, not joined: V8 then copies the whole only once, at the end. */
export function renderJson(value: Json, depth: number = DEPTH): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Object.isFrozen(value)) return renderFrozen(value);
  if (depth === 0) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${renderJson(item, depth - 1)}`;
    return `[${text}]`;
  }
  for (const [name, part] of fieldsOf(value))
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${renderJson(part, depth - 1)}`;
  return `{${text}}`;
}

function renderFrozen(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
