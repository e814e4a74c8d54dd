/** What the API server writes into a new or changed spec that no manager owns: a Job's labels, a DaemonSet's count of templates. */
import type { GroupVersionKind, JsonObject, KubeObject } from '../kube.ts';
import {
  asJson,
  childObject,
  readList,
  readMap,
  readNumber,
  readObject,
  readText,
} from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';

const templateGeneration = 'deprecated.daemonset.template.generation';

/** Before validation; changes the object in place. `before` is what an update replaces. */
export function prepareSpec(kind: GroupVersionKind, after: KubeObject, before?: KubeObject): void {
  if (kind.kind === 'Job' && before === undefined) generateSelector(after);
  if (kind.kind === 'Service' && before === undefined) listAddress(after);
  if (kind.kind === 'Pod') keepGraceful(after);
  if (kind.kind === 'DaemonSet' && before !== undefined) countTemplates(after, before);
}

/** A Job finds its pods by its own UID, unless it brings a selector. */
function generateSelector(job: KubeObject): void {
  const spec = childObject(asJson(job), 'spec');
  if (spec['manualSelector'] === true) return;
  const { uid = '', name } = job.metadata;
  const metadata = childObject(childObject(spec, 'template'), 'metadata');
  const given = readMap(metadata, 'labels');
  const labels = {
    ...given,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  metadata['labels'] = labels;
  if (Object.keys(job.metadata.labels ?? {}).length === 0) job.metadata.labels = { ...labels };
  const selector = childObject(spec, 'selector');
  childObject(selector, 'matchLabels')['batch.kubernetes.io/controller-uid'] = uid;
}

/** `clusterIP` is also the first of `clusterIPs`. */
function listAddress(service: KubeObject): void {
  const spec = childObject(asJson(service), 'spec');
  const address = readText(spec, 'clusterIP');
  if (address !== '' && readList(spec, 'clusterIPs').length === 0) spec['clusterIPs'] = [address];
}

/** A pod that wants less than no time to end gets a second. */
function keepGraceful(pod: KubeObject): void {
  const spec = childObject(asJson(pod), 'spec');
  if ((readNumber(spec, 'terminationGracePeriodSeconds') ?? 0) < 0) spec['terminationGracePeriodSeconds'] = 1;
}

function countTemplates(after: KubeObject, before: KubeObject): void {
  const held = Number(before.metadata.annotations?.[templateGeneration] ?? 0);
  const template = (object: KubeObject): JsonObject => readObject(object.spec ?? {}, 'template');
  const count = sameJson(template(before), template(after)) ? held : held + 1;
  after.metadata.annotations = { ...after.metadata.annotations, [templateGeneration]: String(count) };
}
