/** Making and removing a controller's pods, with the events that say so (pkg/controller/controller_utils.go, RealPodControl). */
import type { ApiStatus, JsonObject, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { record, textMap } from '../fields.ts';
import { controllerReference } from '../objects.ts';
import { refusalOf, report } from '../refusals.ts';
import { PODS } from '../resources.ts';

const MANAGER = 'kube-controller-manager';

/** A pod of `template` that `owner` controls, not yet created. */
export function draftPod(owner: KubeObject, template: unknown, generateName?: string): KubeObject {
  const { metadata, spec } = record(template);
  const { namespace } = owner.metadata;
  const annotations = textMap(record(metadata)['annotations']);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: generateName ?? `${owner.metadata.name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: textMap(record(metadata)['labels']),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    spec: record(spec),
  };
}

/** Creates the pod; throws what the API refuses, after an event about it. */
export function createPod(
  context: Context,
  owner: KubeObject,
  pod: KubeObject,
  component: string,
): KubeObject {
  const { cluster } = context;
  try {
    const created = cluster.create(PODS, pod, MANAGER);
    const message = `Created pod: ${created.metadata.name}`;
    report(cluster, owner, { type: 'Normal', reason: 'SuccessfulCreate', message, component });
    return created;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined && !isTerminating(refusal)) {
      const message = `Error creating: ${refusal.message}`;
      report(cluster, owner, { type: 'Warning', reason: 'FailedCreate', message, component });
    }
    throw error;
  }
}

/** The namespace is going away: not worth an event. */
export function isTerminating({ message }: ApiStatus): boolean {
  return message.includes('because it is being terminated');
}

/** Deletes the pod of that owner. */
export function deletePod({ cluster }: Context, owner: KubeObject, pod: KubeObject, component: string): void {
  const { namespace, name } = pod.metadata;
  cluster.delete(PODS, namespace, name);
  const message = `Deleted pod: ${name}`;
  report(cluster, owner, { type: 'Normal', reason: 'SuccessfulDelete', message, component });
}

/** The pod's spec with `change` over it. */
export function withSpec(pod: KubeObject, change: JsonObject): KubeObject {
  return { ...pod, spec: { ...pod.spec, ...change } };
}
