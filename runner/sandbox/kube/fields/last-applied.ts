/** The annotation of kubectl's client-side apply, which lets kubectl move to server-side apply without conflicts. */
import type { GroupVersionKind, Json, JsonObject, KubeObject } from '../kube.ts';
import { fieldsOf, isObject, setField } from '../schema/json-value.ts';
import { objectAt, textAt } from '../schema/read-json.ts';
import { collectFields } from './collect-fields.ts';
import { compareObjects } from './compare-objects.ts';
import { differenceOf, emptySet, unionOf } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import type { Place } from './field-schema.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The fields that the annotation holds with the live object's values; none where there is no usable annotation. */
export function allowedByLastApplied(place: Place, kind: GroupVersionKind, live: KubeObject): FieldSet {
  const applied = parseObject(textAt(live, 'metadata', 'annotations', annotation));
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  if (applied === undefined || textAt(applied, 'apiVersion') !== apiVersion) return emptySet;
  const { added, modified, removed } = compareObjects(place, applied, live as JsonObject);
  return differenceOf(collectFields(place, applied), unionOf(unionOf(added, modified), removed));
}

/** The object with the annotation brought up to date, if kubectl applies and the object has one. */
export function refreshLastApplied(
  object: JsonObject,
  { manager, config }: { readonly manager: string; readonly config: KubeObject },
): JsonObject {
  if (manager !== 'kubectl' || textAt(object, 'metadata', 'annotations', annotation) === '') return object;
  const applied = `${JSON.stringify(sortFields(withoutAnnotation(config)))}\n`;
  const annotations = { ...objectAt(object, 'metadata', 'annotations'), [annotation]: applied };
  return { ...object, metadata: { ...objectAt(object, 'metadata'), annotations } };
}

/** What is applied has no `annotations` where the manifest has none: unlike kubectl, the server adds no empty map. */
function withoutAnnotation(config: KubeObject): JsonObject {
  const { annotations, ...metadata } = objectAt(config, 'metadata');
  if (!isObject(annotations)) return config as JsonObject;
  const { [annotation]: _old, ...rest } = annotations;
  return { ...(config as JsonObject), metadata: { ...metadata, annotations: rest } };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Go prints a map's fields in the order of their names. */
function sortFields(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortFields);
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of fieldsOf(value).toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    setField(result, key, sortFields(item));
  }
  return result;
}
