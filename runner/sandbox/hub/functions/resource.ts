/** Configuration data as documents, and what identifies each as a resource. Every function begins and ends here. */
import { isMap, isScalar, YAMLMap } from 'yaml';
import type { Document } from 'yaml';
import { badRequest } from '../errors.ts';
import { FunctionFailure } from './failure.ts';
import type { ResourceInfo } from './functions.ts';
import { nodeAt, valueOf } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { renderDocuments } from '../config-data.ts';
import { viewDocuments } from '../recent-documents.ts';
import { showValue } from './show.ts';

/** The non-empty documents of `text`, to be changed: copies, which cost less than reading again. Throws 400 for bad YAML. */
export function parseData(text: string): ConfigDocument[] {
  return viewData(text).map(({ document }) => {
    const copy = document.clone() as Document.Parsed;
    return { document: copy, root: isMap(copy.contents) ? copy.contents : new YAMLMap() };
  });
}

/** The same to be looked at only: what this returns must not be changed. Throws 400 for bad YAML. */
export function viewData(text: string): ConfigDocument[] {
  return checkDocuments(viewDocuments(text));
}

function checkDocuments(documents: readonly Document.Parsed[]): ConfigDocument[] {
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined)
      throw badRequest(`configuration data parsing error: ${error.message.split('\n')[0] ?? ''}`);
    const root = document.contents;
    if (root === null || (isScalar(root) && root.value === null)) return [];
    if (!isMap(root)) throw badRequest('configuration data parsing error: a document must be a mapping');
    return [{ document, root }];
  });
}

/** The documents as one text in the hub's style. */
export function renderData(documents: readonly ConfigDocument[]): string {
  return renderDocuments(documents.map(({ document }) => document));
}

/** Type, name and namespace. Throws FunctionFailure if one is missing that a resource must have. */
export function resourceInfo(doc: ConfigDocument): ResourceInfo {
  const type = `${requireText(doc, 'apiVersion')}/${requireText(doc, 'kind')}`;
  const name = resourceName(doc);
  return {
    ResourceName: name,
    ResourceNameWithoutScope: name.slice(name.indexOf('/') + 1),
    ResourceType: type,
    ResourceCategory: 'Resource',
  };
}

/** `namespace/name`. Throws FunctionFailure if there is no name. */
export function resourceName(doc: ConfigDocument): string {
  const namespace = readText(doc, 'metadata.namespace') ?? '';
  return `${namespace}/${requireText(doc, 'metadata.name')}`;
}

function requireText(doc: ConfigDocument, path: string): string {
  const text = readText(doc, path);
  if (text === undefined) throw new FunctionFailure(`${path} not found`);
  return text;
}

function readText(doc: ConfigDocument, path: string): string | undefined {
  const node = nodeAt(doc, path.split('.'));
  if (node === undefined) return undefined;
  const value = valueOf(doc, node);
  if (typeof value === 'string') return value;
  throw new FunctionFailure(`value ${showValue(value)} cannot be converted to string`);
}
