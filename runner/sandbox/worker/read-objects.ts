/** A unit's data as Kubernetes objects, by the original's rules: lists are opened, and what is no object is passed over. */
import { parseAllDocuments } from 'yaml';
import { KUBERNETES_YAML } from '../../text/yaml-scalars.ts';
import { withNamespace } from './manifests.ts';
import type { Kubernetes, Manifest } from './worker.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The objects of a unit in its order, each with its namespace. Rejects where the data is no YAML or holds no objects. */
export async function readManifests(kubernetes: Kubernetes, data: string): Promise<Manifest[]> {
  return Promise.all(readObjects(data).map((manifest) => withNamespace(kubernetes, manifest)));
}

/** The objects of a unit. Throws on YAML that does not parse and on documents without a kind. */
export function readObjects(data: string): Manifest[] {
  const documents = parseAllDocuments(data, KUBERNETES_YAML);
  if ('empty' in documents) return [];
  return documents.flatMap((document) => {
    const [problem] = document.errors;
    if (problem !== undefined) throw unreadable(`error converting YAML to JSON: ${problem.message}`);
    return objectsOf(document.toJS());
  });
}

function objectsOf(value: unknown): Manifest[] {
  if (value === null) return [];
  if (!isFields(value)) throw unreadable(`a document must be an object: ${JSON.stringify(value)}`);
  const { apiVersion, kind, items, metadata } = value;
  if (!isName(kind)) throw unreadable(`Object 'Kind' is missing in '${JSON.stringify(value)}'`);
  if (Array.isArray(items)) return items.map(itemOf);
  const isKustomization =
    kind === 'Kustomization' && String(apiVersion).startsWith('kustomize.config.k8s.io/');
  const isObject = isName(apiVersion) && isFields(metadata) && isName(metadata['name']);
  return isObject && !isKustomization ? [value as Manifest] : [];
}

/** An item of a list may lack what it needs: the API server is to say so. */
function itemOf(item: unknown): Manifest {
  if (!isFields(item)) throw unreadable(`items member is not an object: ${JSON.stringify(item)}`);
  const { apiVersion = '', kind = '', metadata } = item;
  const own = isFields(metadata) ? metadata : {};
  return { ...item, apiVersion, kind, metadata: { name: '', ...own } } as Manifest;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(problem: string): Error {
  return new Error(`failed to parse YAML resources: ${problem}`);
}
