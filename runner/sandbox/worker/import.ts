/**
 * Import: what is in the cluster as a unit's data. Either the hub names the objects, or it gives filters for all that the
 * worker can list. Which types, namespaces and objects are passed over is the original's choice.
 */
import { takeImported, typesToList } from './import-filter.ts';
import type { ImportWishes } from './import-filter.ts';
import { byRank, renderObjects, withNamespace, withoutServerFields } from './manifests.ts';
import { decode, encode, progress, showNow } from './results.ts';
import type { ActionResult, Kubernetes, Manifest, Operation, OperationContext } from './worker.ts';

/** What controllers and kubectl write for themselves. */
const INTERNAL_ANNOTATIONS =
  /^(?:(?:kubectl|deployment|pv|volume\.beta|endpoints|control-plane\.alpha|scheduler\.alpha|batch)\.)?kubernetes\.io\//;
const INTERNAL_LABELS = /^(?:controller-uid|pod-template-hash|statefulset\.kubernetes\.io\/pod-name)/;

/** Performs an Import. Rejects with the text of the failure. */
export async function importLive(operation: Operation, context: OperationContext): Promise<ActionResult> {
  const list = decode(operation.Data);
  const live = list === '' ? await findLive(operation, context) : await readListed(list, context);
  await context.report(progress('Converting resources to YAML format...'));
  return {
    Status: 'Completed',
    Result: 'ImportCompleted',
    Message: `Imported ${live.length} resources successfully at ${showNow()}`,
    Data: encode(renderObjects(live.map(withoutInternals))),
    LiveState: encode(renderObjects(live)),
  };
}

/** The live objects, in the order of `manifests`. Rejects if one is not there. */
export async function readLive(kubernetes: Kubernetes, manifests: readonly Manifest[]): Promise<Manifest[]> {
  try {
    return await Promise.all(manifests.map((manifest) => kubernetes.read(manifest)));
  } catch (error) {
    throw new Error(`Failed to retrieve live objects: ${textOf(error)}`, { cause: error });
  }
}

async function readListed(text: string, { kubernetes, report }: OperationContext): Promise<Manifest[]> {
  await report(progress('Parsing provided resource information...'));
  const list = JSON.parse(text) as { readonly ResourceType: string; readonly ResourceName: string }[];
  await report(progress(`Found ${list.length} resources to import`));
  await report(progress('Converting resources to unstructured format...'));
  const manifests = list.map(({ ResourceType: type, ResourceName: name }) => {
    const [namespace, own] = name.split('/');
    const metadata = own === undefined ? { name } : { name: own, ...(namespace ? { namespace } : {}) };
    const at = type.lastIndexOf('/');
    return withNamespace(kubernetes, { apiVersion: type.slice(0, at), kind: type.slice(at + 1), metadata });
  });
  const objects = await Promise.all(manifests);
  await report(progress('Retrieving live state of resources...'));
  return readLive(kubernetes, objects);
}

async function findLive(operation: Operation, context: OperationContext): Promise<Manifest[]> {
  const { kubernetes, report, log } = context;
  await report(progress('Fetching resources from Kubernetes cluster...'));
  const wishes = JSON.parse(decode(operation.ExtraParams) || '{}') as ImportWishes;
  const types = await kubernetes.discover().catch((error: unknown) => {
    throw new Error(`Failed to get cluster resources: ${textOf(error)}`, { cause: error });
  });
  const objects: Manifest[] = [];
  for (const { type, namespaces } of typesToList(types, wishes)) {
    for (const namespace of namespaces) {
      // A type that this worker may not list is passed over.
      const listed = await kubernetes.list(type, namespace).catch((error: unknown) => {
        log(`[ERROR] Failed to list ${type.apiVersion}/${type.kind}: ${textOf(error)}`);
        return [];
      });
      objects.push(...listed);
    }
  }
  return takeImported(objects, wishes).toSorted(byRank);
}

function withoutInternals(live: Manifest): Manifest {
  const object = withoutServerFields(live);
  const { labels, annotations } = object.metadata as {
    readonly labels?: object;
    readonly annotations?: object;
  };
  const metadata = {
    ...object.metadata,
    ...(labels === undefined ? {} : { labels: without(labels, INTERNAL_LABELS) }),
    ...(annotations === undefined ? {} : { annotations: without(annotations, INTERNAL_ANNOTATIONS) }),
  };
  return { ...object, metadata };
}

function without(texts: object, names: RegExp): object {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !names.test(name)));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
