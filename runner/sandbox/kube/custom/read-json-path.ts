/** The simple JSON paths of printer columns and scales: `.spec.size`, `.items[0].name`, `.conditions[?(@.type=="Ready")].status`. */
import type { Json } from '../kube.ts';
import { readPath } from '../objects/fields.ts';
import { getField, isObject } from '../schema/json-value.ts';

const step =
  /\.((?:[^.\[\\]|\\.)+)|\['((?:[^'\\]|\\.)+)'\]|\[(\d+)\]|\[(\*)\]|\[\?\(@((?:\.[\w\-]+)+)\s*==\s*(?:"([^"]*)"|'([^']*)'|(\w+))\)\]/gv;

/** Every value at the path; nothing for a path that leads nowhere. */
export function readJsonPath(value: Json, path: string): Json[] {
  let found: Json[] = [value];
  for (const match of path.matchAll(step)) {
    const [, dotted, quoted, index, star, field, ...wanted] = match;
    const name = (dotted ?? quoted)?.replaceAll(/\\(.)/gv, '$1');
    const text = wanted.find((one) => one !== undefined) ?? '';
    found = found.flatMap((one): Json[] => {
      if (name !== undefined) return isObject(one) ? present(getField(one, name)) : [];
      if (!Array.isArray(one))
        return star !== undefined && isObject(one) ? present(...Object.values(one)) : [];
      if (index !== undefined) return present(one[Number(index)]);
      return field === undefined ? one : one.filter((item) => isAt(item, field, text));
    });
  }
  return found;
}

function present(...values: readonly (Json | undefined)[]): Json[] {
  return values.filter((value) => value !== undefined && value !== null);
}

function isAt(item: Json, field: string, text: string): boolean {
  const held = readPath(item, ...field.slice(1).split('.'));
  return held !== undefined && typeof held !== 'object' && String(held) === text;
}
