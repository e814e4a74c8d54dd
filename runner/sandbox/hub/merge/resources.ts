/** Configuration data as resources: one YAML document each, known by type and name. */
import { isMap, isNode, isScalar, visit } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { parseDocuments } from '../config-data.ts';
import { badRequest } from '../errors.ts';
import type { ResourceInfo } from './mutation.ts';

/** One resource, still tied to the document that it is written in. */
export interface Resource {
  readonly document: Document.Parsed;
  readonly body: YAMLMap;
  /** `<apiVersion>/<kind>` */
  readonly type: string;
  readonly name: string;
  readonly namespace: string;
}

const MOST_ALIASES = 100;

/** Every document of normalised data is a mapping. Aliases become what they stand for: each place stands alone. */
function readResources(text: string): Resource[] {
  return parseDocuments(text).flatMap((document) => {
    if (text.includes('*')) expandAliases(document);
    const body = document.contents;
    if (!isMap(body)) return [];
    return [
      {
        document,
        body,
        type: `${textAt(body, ['apiVersion'])}/${textAt(body, ['kind'])}`,
        name: textAt(body, ['metadata', 'name']),
        namespace: textAt(body, ['metadata', 'namespace']),
      },
    ];
  });
}

const recent = new Map<string, readonly Resource[]>();
const MOST_RECENT = 16;
const LONGEST_RECENT = 64 * 1024;

/**
 * The resources of normalised data. What this returns must not be changed: a bulk change reads the same data for every unit,
 * so the last few stay at hand.
 */
export function viewResources(text: string): readonly Resource[] {
  const found = recent.get(text) ?? readResources(text);
  if (text.length > LONGEST_RECENT) return found;
  recent.delete(text);
  recent.set(text, found);
  for (const oldest of recent.keys()) if (recent.size > MOST_RECENT) recent.delete(oldest);
  return found;
}

/** A resource that may be changed. */
export function copyResource(resource: Resource): Resource {
  const document = resource.document.clone() as Document.Parsed;
  return { ...resource, document, body: isMap(document.contents) ? document.contents : resource.body };
}

/** How the wire names a resource. */
export function describeResource({ type, name, namespace }: Resource): ResourceInfo {
  return {
    ResourceType: type,
    ResourceName: `${namespace}/${name}`,
    ResourceNameWithoutScope: name,
    ResourceCategory: 'Resource',
  };
}

/** Throws 400 where the aliases would grow without measure. */
function expandAliases(document: Document.Parsed): void {
  let count = 0;
  visit(document, {
    Alias: (_, alias) => {
      count += 1;
      if (count === 1) refuseExplosion(document);
      const source = alias.resolve(document);
      if (source === undefined || count > MOST_ALIASES) throw badRequest('invalid YAML: too many aliases');
      const copy = source.clone() as typeof source;
      delete copy.anchor;
      return copy;
    },
  });
  if (count === 0) return;
  visit(document, {
    Node: (_, node) => {
      if (isNode(node) && 'anchor' in node) delete node.anchor;
    },
  });
}

function refuseExplosion(document: Document.Parsed): void {
  try {
    document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw badRequest(`invalid YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function textAt(body: YAMLMap, path: readonly string[]): string {
  const found: unknown = body.getIn(path, true);
  return isScalar(found) && typeof found.value === 'string' ? found.value : '';
}
