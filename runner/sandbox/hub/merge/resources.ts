/** Configuration data as resources: one YAML document each, known by type and name. */
import { isMap, isScalar } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { parseDocuments } from '../config-data.ts';

/** One resource, still tied to the document that it is written in. */
export interface Resource {
  readonly document: Document.Parsed;
  readonly body: YAMLMap;
  /** `<apiVersion>/<kind>` */
  readonly type: string;
  readonly name: string;
  readonly namespace: string;
}

/** Reads normalised data: every document is a mapping. */
export function readResources(text: string): Resource[] {
  return parseDocuments(text).flatMap((document) => {
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

/** `namespace/name`, as the wire names resources. */
export function resourceName({ namespace, name }: Resource): string {
  return `${namespace}/${name}`;
}

function textAt(body: YAMLMap, path: readonly string[]): string {
  const found: unknown = body.getIn(path, true);
  return isScalar(found) && typeof found.value === 'string' ? found.value : '';
}
