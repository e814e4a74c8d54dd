/**
 * Takes CustomResourceDefinitions into use: accepts their names, establishes them, and empties them when they are deleted
 * (k8s.io/apiextensions-apiserver, pkg/controller/{status,establish,finalizer}).
 */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Again, Context, Controller } from '../controller.ts';
import { record, records, same, text, texts } from '../fields.ts';
import { isBeingDeleted } from '../objects.ts';
import { resourceOf } from '../known-resources.ts';
import { DEFINITIONS, isResource } from '../resources.ts';
import { stamp } from '../times.ts';

const MANAGER = 'kube-apiserver';
const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';
const LOOK_AGAIN_MS = 100;

export function definitionController(context: Context): Controller {
  const { cluster } = context;
  return {
    name: 'customresourcedefinition',
    initial: () => cluster.list(DEFINITIONS).map(({ metadata }) => metadata.name),
    keys: ({ resource, object }) => (isResource(resource, DEFINITIONS) ? [object.metadata.name] : []),
    sync: (name, again) => {
      const definition = cluster.get(DEFINITIONS, undefined, name);
      if (definition === undefined) return;
      if (isBeingDeleted(definition)) empty(context, definition, again);
      else establish(context, definition);
    },
  };
}

function empty({ cluster }: Context, definition: KubeObject, again: Again): void {
  const resource = resourceOf(definition);
  for (const object of cluster.list(resource))
    if (!isBeingDeleted(object))
      cluster.delete(resource, object.metadata.namespace, object.metadata.name, {
        propagation: 'Background',
      });
  if (cluster.list(resource).length > 0) return again(LOOK_AGAIN_MS);
  const finalizers = (definition.metadata.finalizers ?? []).filter((finalizer) => finalizer !== CLEANUP);
  cluster.update(DEFINITIONS, { ...definition, metadata: { ...definition.metadata, finalizers } }, MANAGER);
}

interface Verdict {
  readonly type: string;
  readonly isTrue: boolean;
  readonly reason: string;
  readonly message: string;
}

function establish({ cluster }: Context, definition: KubeObject): void {
  const { acceptedNames, conflict } = judgeNames(cluster.list(DEFINITIONS), definition);
  const before = records(definition.status?.['conditions']);
  const wasEstablished = before.some(({ type, status }) => type === 'Established' && status === 'True');
  const names: Verdict =
    conflict === undefined
      ? { type: 'NamesAccepted', isTrue: true, reason: 'NoConflicts', message: 'no conflicts found' }
      : { type: 'NamesAccepted', isTrue: false, ...conflict };
  const established: Verdict =
    conflict === undefined || wasEstablished
      ? {
          type: 'Established',
          isTrue: true,
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        }
      : { type: 'Established', isTrue: false, reason: 'NotAccepted', message: 'not all names are accepted' };
  const conditions = [names, established].map(({ isTrue, ...verdict }): JsonObject => {
    const status = isTrue ? 'True' : 'False';
    const held = before.find((one) => one['type'] === verdict.type && one['status'] === status);
    const lastTransitionTime = text(held?.['lastTransitionTime']) ?? stamp(cluster.clock.now());
    return { ...verdict, status, lastTransitionTime };
  });
  const status: JsonObject = { ...definition.status, acceptedNames, conditions };
  if (!same(definition.status, status)) cluster.updateStatus(DEFINITIONS, { ...definition, status }, MANAGER);
}

interface NamesVerdict {
  readonly acceptedNames: JsonObject;
  readonly conflict: Pick<Verdict, 'reason' | 'message'> | undefined;
}

const NAMES = ['plural', 'singular', 'shortNames', 'kind', 'listKind'] as const;

/** Names are accepted one by one, where no other definition of the group has them. */
function judgeNames(all: readonly KubeObject[], definition: KubeObject): NamesVerdict {
  const used = new Set(
    all
      .filter((other) => other.metadata.uid !== definition.metadata.uid)
      .filter((other) => other.spec?.['group'] === definition.spec?.['group'])
      .flatMap((other) => NAMES.flatMap((field) => namesAt(record(other.status?.['acceptedNames'])[field]))),
  );
  const wanted = record(definition.spec?.['names']);
  const acceptedNames: JsonObject = { kind: '', plural: '' };
  if (wanted['categories'] !== undefined) acceptedNames['categories'] = wanted['categories'];
  let conflict: NamesVerdict['conflict'];
  for (const field of NAMES) {
    const taken = namesAt(wanted[field]).find((name) => used.has(name));
    if (taken === undefined) {
      if (wanted[field] !== undefined) acceptedNames[field] = wanted[field];
    } else {
      const reason = `${field.charAt(0).toUpperCase()}${field.slice(1)}Conflict`;
      conflict = { reason, message: `${JSON.stringify(taken)} is already in use` };
    }
  }
  return { acceptedNames, conflict };
}

function namesAt(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : texts(value);
}
