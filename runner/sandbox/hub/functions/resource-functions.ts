/** Functions about whole resources: listing, adding, replacing, removing and multiplying them. */
import { Failures, FunctionFailure } from './failure.ts';
import type { ResourceInfo } from './functions.ts';
import type { FunctionCall } from './implementation.ts';
import { setAt, valueOf } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { numberArgument, textArgument } from './read-arguments.ts';
import { parseData, renderData, resourceInfo } from './resource.ts';
import { describeBadJson } from './show.ts';

/** `get-resources`: bodies as `yaml` (default), `native` (the same), `json` or `none`. */
export function getResources(call: FunctionCall): object[] {
  const format = textArgument(call, 0) || 'yaml';
  return call.documents.map((doc) => {
    const body = renderBody(doc, format);
    return { ...resourceInfo(doc), ...(body === '' ? {} : { ResourceBody: body }) };
  });
}

/** `get-resources-of-type`. */
export function getResourcesOfType(call: FunctionCall): ResourceInfo[] {
  return call.documents
    .map(resourceInfo)
    .filter(({ ResourceType }) => ResourceType === textArgument(call, 0));
}

/** `delete-resource`: type and name. */
export function deleteResource(call: FunctionCall): void {
  const type = textArgument(call, 0);
  const name = textArgument(call, 1);
  const index = findResource(call.documents, type, name, 'resource to delete');
  if (index < 0) throw new FunctionFailure(`resource with type ${type} and name ${name} not found`);
  call.documents.splice(index, 1);
}

/** `upsert-resource`: the resource of this type and name in a list as `get-resources` returns it, as JSON text. */
export function upsertResource(call: FunctionCall): void {
  const type = textArgument(call, 1);
  const name = textArgument(call, 2);
  const list = readList(textArgument(call, 0));
  if (list.length === 0) throw new FunctionFailure('resource-list cannot be empty');
  const wanted = list.find(
    (one) => one.ResourceType === type && withoutScope(one.ResourceName ?? '') === withoutScope(name),
  );
  const [resource] = parseData(wanted?.ResourceBody ?? '');
  if (wanted === undefined || resource === undefined)
    throw new FunctionFailure(`resource with type ${type} and name ${name} not found in resource-list`);
  const index = findResource(call.documents, type, name, 'existing resource');
  if (index < 0) call.documents.push(resource);
  else call.documents[index] = resource;
}

/** `replicate`: type, name and count; the copies are called `<name>0`, `<name>1`, … */
export function replicate(call: FunctionCall): void {
  const name = textArgument(call, 1);
  const index = call.documents.findIndex((doc) => {
    const { ResourceType, ResourceNameWithoutScope } = resourceInfo(doc);
    return ResourceType === textArgument(call, 0) && ResourceNameWithoutScope === name;
  });
  const original = call.documents[index];
  const count = numberArgument(call, 2);
  const category = textArgument(call, 3) || 'Resource';
  if (original === undefined || category !== 'Resource') return;
  if (count < 1 || count > 1000) throw new FunctionFailure(`replicas ${count} is out of range [1,1000]`);
  const text = renderData([original]);
  const copies = Array.from({ length: count }, (_, number) =>
    parseData(text).map((copy) => {
      setAt(copy, ['metadata', 'name'], `${name}${number}`);
      return copy;
    }),
  );
  call.documents.splice(index, 1, ...copies.flat());
}

function renderBody(doc: ConfigDocument, format: string): string {
  if (format === 'none') return '';
  return format === 'json' ? JSON.stringify(sortKeys(valueOf(doc, doc.root))) : renderData([doc]);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

/** The last resource of this type and name; -1 if there is none. `purpose` says what a failure kept from happening. */
function findResource(
  documents: readonly ConfigDocument[],
  type: string,
  name: string,
  purpose: string,
): number {
  const failures = new Failures();
  let found = -1;
  for (const [index, doc] of documents.entries())
    failures.attempt(() => {
      const { ResourceType, ResourceNameWithoutScope } = resourceInfo(doc);
      if (ResourceType === type && ResourceNameWithoutScope === withoutScope(name)) found = index;
    });
  failures.rethrow({ prefix: `failed to search for ${purpose}: ` });
  return found;
}

/** What follows the scope. A name without a slash has no scope to follow, and thus names nothing, as in the original. */
function withoutScope(name: string): string {
  const at = name.indexOf('/');
  return at < 0 ? '' : name.slice(at + 1);
}

interface ListedResource {
  readonly ResourceType?: string;
  readonly ResourceName?: string;
  readonly ResourceBody?: string;
}

function readList(text: string): readonly ListedResource[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as readonly ListedResource[]) : [];
  } catch {
    throw new FunctionFailure(`failed to unmarshal resource-list argument: ${describeBadJson(text)}`);
  }
}
