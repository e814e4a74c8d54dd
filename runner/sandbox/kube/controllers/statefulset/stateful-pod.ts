/** The pods of a StatefulSet: their names, what tells them apart, and the claims that each gets (stateful_set_utils.go). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { record, records, text, textMap } from '../fields.ts';
import { controllerReference } from '../objects.ts';
import { draftPod, withSpec } from '../pods/create-pod.ts';
import { refusalOf, report } from '../refusals.ts';
import { CLAIMS, PODS } from '../resources.ts';
import { templateOf } from '../revisions.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'statefulset-controller';

export const REVISION_LABEL = 'controller-revision-hash';

/** The pod's number; undefined where its name is none of the set's. */
export function ordinalOf(set: KubeObject, pod: KubeObject): number | undefined {
  const prefix = `${set.metadata.name}-`;
  const { name } = pod.metadata;
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /^(?:0|[1-9]\d{0,9})$/.test(rest) ? Number(rest) : undefined;
}

/** The pod with that number as it shall be created, of that revision. */
export function draftStatefulPod(set: KubeObject, ordinal: number, revision: KubeObject): KubeObject {
  const draft = draftPod(set, templateOf(revision));
  const name = `${set.metadata.name}-${ordinal}`;
  const { metadata } = draft;
  const labels = {
    ...metadata.labels,
    'apps.kubernetes.io/pod-index': String(ordinal),
    [REVISION_LABEL]: revision.metadata.name,
    'statefulset.kubernetes.io/pod-name': name,
  };
  const claims = claimNames(set, name).map((claim) => ({
    name: claim.template,
    persistentVolumeClaim: { claimName: claim.name },
  }));
  const others = records(draft.spec?.['volumes']).filter(
    (volume) => !claims.some((claim) => claim.name === volume['name']),
  );
  const subdomain = text(set.spec?.['serviceName']) ?? '';
  const named = { ...draft, metadata: { ...metadata, name, labels } };
  return withSpec(named, {
    hostname: name,
    ...(subdomain === '' ? {} : { subdomain }),
    ...(claims.length + others.length > 0 ? { volumes: [...claims, ...others] } : {}),
  });
}

interface ClaimName {
  readonly template: string;
  readonly name: string;
  readonly body: JsonObject;
}

function claimNames(set: KubeObject, pod: string): ClaimName[] {
  return records(set.spec?.['volumeClaimTemplates']).map((body) => {
    const template = text(record(body['metadata'])['name']) ?? '';
    return { template, name: `${template}-${pod}`, body };
  });
}

/** Creates the pod after its claims. Throws what the API refuses, after an event about it. */
export function createStatefulPod(context: Context, set: KubeObject, pod: KubeObject): void {
  const { name } = pod.metadata;
  createClaims(context, set, name);
  const about = `Pod ${name} in StatefulSet ${set.metadata.name}`;
  tell(context, set, 'Create', `create ${about}`, ['successful', 'failed error'], () => {
    context.cluster.create(PODS, pod, MANAGER);
  });
}

/** Makes the pod's claims that are missing. */
export function createClaims(context: Context, set: KubeObject, pod: string): void {
  const { namespace } = set.metadata;
  for (const { name, body } of claimNames(set, pod)) {
    if (context.cluster.get(CLAIMS, namespace, name) !== undefined) continue;
    const about = `Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name}`;
    tell(context, set, 'Create', `create ${about}`, ['success', 'failed error'], () => {
      context.cluster.create(CLAIMS, draftClaim(set, name, body), MANAGER);
    });
  }
}

function draftClaim(set: KubeObject, name: string, body: JsonObject): KubeObject {
  const selector = textMap(record(set.spec?.['selector'])['matchLabels']);
  const { labels, annotations } = record(body['metadata']);
  const retention = record(set.spec?.['persistentVolumeClaimRetentionPolicy']);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      ...(set.metadata.namespace === undefined ? {} : { namespace: set.metadata.namespace }),
      labels: { ...textMap(labels), ...selector },
      ...(annotations === undefined ? {} : { annotations: textMap(annotations) }),
      ...(retention['whenDeleted'] === 'Delete' ? { ownerReferences: [controllerReference(set)] } : {}),
    },
    spec: record(body['spec']),
  };
}

/** Deletes the pod, with an event about it. */
export function deleteStatefulPod(context: Context, set: KubeObject, pod: KubeObject): void {
  const { namespace, name } = pod.metadata;
  const what = `delete Pod ${name} in StatefulSet ${set.metadata.name}`;
  tell(context, set, 'Delete', what, ['successful', 'failed error'], () =>
    context.cluster.delete(PODS, namespace, name),
  );
}

function tell(
  { cluster }: Context,
  set: KubeObject,
  verb: 'Create' | 'Delete',
  what: string,
  [success, failure]: readonly [string, string],
  work: () => void,
): void {
  try {
    work();
    const message = `${what} ${success}`;
    report(cluster, set, { type: 'Normal', reason: `Successful${verb}`, message, component: COMPONENT });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) {
      const message = `${what} ${failure}: ${refusal.message}`;
      report(cluster, set, { type: 'Warning', reason: `Failed${verb}`, message, component: COMPONENT });
    }
    throw error;
  }
}
