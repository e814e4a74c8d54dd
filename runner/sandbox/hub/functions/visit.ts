/** Goes through all places of all documents that a set of registered paths names. */
import type { Node } from 'yaml';
import { Failures } from './failure.ts';
import type { FunctionArgument, ResourceInfo } from './functions.ts';
import { nodeAt } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { escapeSegment } from './path.ts';
import { isClusterScoped } from './registered-paths.ts';
import type { PathsByType, RegisteredPath } from './registered-paths.ts';
import { resolvePath } from './resolve-path.ts';
import { resourceInfo } from './resource.ts';

/** One place. `node` is absent where an upsert may make it. */
export interface Visit {
  readonly doc: ConfigDocument;
  readonly resource: ResourceInfo;
  readonly registered: RegisteredPath;
  readonly segments: readonly string[];
  readonly bindings: readonly FunctionArgument[];
  /** The part inside the text: what follows `#` in the path. */
  readonly part: string;
  readonly node: Node | undefined;
}

/** What to visit: `keys` fill the `%s` of the paths. */
export interface Tour {
  readonly paths: PathsByType;
  readonly keys?: readonly string[];
  readonly upsert?: boolean;
}

/** Calls `visit` at each place. Its failures, and those of documents that are no resources, come as one at the end. */
export function visitPaths(
  documents: readonly ConfigDocument[],
  tour: Tour,
  visit: (visit: Visit) => void,
): void {
  const failures = new Failures();
  visitResources(documents, failures, (doc, resource) => {
    for (const registered of selectPaths(tour.paths, resource.ResourceType))
      for (const one of placesOf(doc, resource, registered, tour)) failures.attempt(() => visit(one));
  });
  failures.rethrow();
}

/** Calls `work` for each document that is a resource. */
export function visitResources(
  documents: readonly ConfigDocument[],
  failures: Failures,
  work: (doc: ConfigDocument, resource: ResourceInfo) => void,
): void {
  for (const doc of documents) failures.attempt(() => work(doc, resourceInfo(doc)));
}

function selectPaths(paths: PathsByType, type: string): RegisteredPath[] {
  const general = (paths.get('*') ?? []).filter(
    ({ isNamespacedOnly }) => isNamespacedOnly !== true || !isClusterScoped(type),
  );
  const own = paths.get(type) ?? [];
  return type === '*'
    ? general
    : [...own, ...general.filter(({ path }) => !own.some((one) => one.path === path))];
}

function placesOf(
  doc: ConfigDocument,
  resource: ResourceInfo,
  registered: RegisteredPath,
  { keys = [], upsert = false }: Tour,
): Visit[] {
  const [path = '', ...parts] = fillIn(registered.path, keys).split('#');
  const [constraint = ''] = (registered.constraint ?? '').split('#');
  const part = parts.join('#');
  const resolved = unlessFailing(() => resolvePath(doc, path, constraint, upsert && part === ''));
  return resolved.flatMap(({ segments, bindings }) => {
    const node = nodeAt(doc, segments);
    if (node === undefined && !upsert) return [];
    return [{ doc, resource, registered, segments, bindings, part, node }];
  });
}

/** A path that cannot be resolved names no place: that is what is expected of most resources. */
function unlessFailing<T>(work: () => T[]): T[] {
  const found: T[] = [];
  new Failures().attempt(() => found.push(...work()));
  return found;
}

function fillIn(path: string, keys: readonly string[]): string {
  const rest = [...keys];
  return path.replaceAll('%s', () => escapeSegment(rest.shift() ?? ''));
}
