/** Configuration data as resources: one YAML document each, known by type and name. */
import { Alias, isMap, isScalar, visit } from 'yaml';
import type { Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { badRequest } from '../errors.ts';
import { viewDocuments } from '../recent-documents.ts';
import type { ResourceInfo } from './mutation.ts';
import { equals } from './node.ts';

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

/** A node that remembers, also in copies, what it was before aliases were expanded. */
type Marked = (Scalar | YAMLMap | YAMLSeq) & { wasAnchor?: string | undefined; wasAlias?: string };

/**
 * The resources of normalised data, where every document is a mapping. Aliases become what they stand for: each place stands
 * alone. What this returns must not be changed.
 */
export function viewResources(text: string): readonly Resource[] {
  return viewDocuments(text).flatMap((shared) => {
    const document = text.includes('*') ? expandAliases(shared) : shared;
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

/** The document, or a copy without aliases if it has some. Throws 400 where they would grow without measure. */
function expandAliases(shared: Document.Parsed): Document.Parsed {
  if (!hasAlias(shared)) return shared;
  refuseExplosion(shared);
  const document = shared.clone() as Document.Parsed;
  let count = 0;
  visit(document, {
    Alias: (_, alias) => {
      count += 1;
      const source = alias.resolve(document);
      if (source === undefined || count > MOST_ALIASES) throw badRequest('invalid YAML: too many aliases');
      const copy = source.clone() as Marked;
      delete copy.anchor;
      copy.wasAlias = alias.source;
      return copy;
    },
  });
  visit(document, {
    Value: (_, node: Marked) => {
      if (node.anchor === undefined) return;
      node.wasAnchor = node.anchor;
      delete node.anchor;
    },
  });
  return document;
}

/** Makes aliases again of what was one and still is the same as what it stood for. */
export function foldAliases({ document }: Resource): void {
  const anchored = new Map<string, Marked>();
  visit(document, {
    Value: (_, node: Marked) => {
      const { wasAlias: name = '', wasAnchor } = node;
      const source = anchored.get(name);
      if (source !== undefined && equals(source, node)) return new Alias(name);
      if (wasAnchor !== undefined) {
        node.anchor = wasAnchor;
        anchored.set(wasAnchor, node);
      }
      return undefined;
    },
  });
}

function hasAlias(document: Document.Parsed): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
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
