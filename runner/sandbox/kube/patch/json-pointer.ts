/** JSON pointers (RFC 6901) as the API server's patch library reads them: negative list indexes count from the end. */
import type { Json } from '../kube.ts';
import { getField, isObject, setField } from '../schema/json-value.ts';
import { PatchError } from './patch-error.ts';

/**
 * The pointer's decoded steps; `''` is the whole document. What stands before the first slash is passed over, as that library
 * does: `data/x` means `/x`. Throws where there is no slash.
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  const [, ...steps] = pointer.split('/');
  if (steps.length === 0) throw new PatchError('failed', `path ${pointer} does not start with /`);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at these steps, or undefined. */
export function readPointer(document: Json, steps: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const step of steps) {
    if (Array.isArray(value)) value = value[listIndex(step, value.length) ?? -1];
    else if (isObject(value)) value = getField(value, step);
    else return undefined;
  }
  return value;
}

/** Inserts into a list, or sets a field. `-` appends. The container must exist. */
export function insertAt(container: Json | undefined, step: string, value: Json): void {
  if (isObject(container)) {
    setField(container, step, value);
  } else if (Array.isArray(container)) {
    const index = step === '-' ? container.length : listIndex(step, container.length + 1);
    if (index === undefined) throw new PatchError('failed', `unable to access invalid index: ${step}`);
    container.splice(index, 0, value);
  } else {
    throw new PatchError('failed', `doc is missing path: ${step}`);
  }
}

/** Removes a field or a list item, which must exist. */
export function removeAt(container: Json | undefined, step: string): void {
  if (isObject(container) && Object.hasOwn(container, step)) {
    delete container[step];
    return;
  }
  const index = Array.isArray(container) ? listIndex(step, container.length) : undefined;
  if (!Array.isArray(container) || index === undefined) {
    throw new PatchError('failed', `doc is missing key: ${step}`);
  }
  container.splice(index, 1);
}

/** Replaces a field or a list item, which must exist. */
export function replaceAt(container: Json | undefined, step: string, value: Json): void {
  if (isObject(container) && Object.hasOwn(container, step)) {
    setField(container, step, value);
    return;
  }
  const index = Array.isArray(container) ? listIndex(step, container.length) : undefined;
  if (!Array.isArray(container) || index === undefined) {
    throw new PatchError('failed', `doc is missing key: ${step}`);
  }
  container[index] = value;
}

function listIndex(step: string, length: number): number | undefined {
  if (!/^-?\d{1,9}$/v.test(step)) return undefined;
  const index = Number(step) < 0 ? length + Number(step) : Number(step);
  return index >= 0 && index < length ? index : undefined;
}
