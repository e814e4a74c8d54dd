/** What the API server writes into a new or changed spec that no manager owns: a Job's labels, a DaemonSet's count of templates. */
import type { GroupVersionKind, JsonObject, KubeObject } from '../kube.ts';
import { asJson, childObject, readMap, readObject } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';

const templateGeneration = 'deprecated.daemonset.template.generation';

/** Before validation; changes the object in place. `before` is what an update replaces. */
export function prepareSpec(kind: GroupVersionKind, after: KubeObject, before?: KubeObject): void {
  if (kind.kind === 'Job' && before === undefined) generateSelector(after);
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

function countTemplates(after: KubeObject, before: KubeObject): void {
  const held = Number(before.metadata.annotations?.[templateGeneration] ?? 0);
  const template = (object: KubeObject): JsonObject => readObject(object.spec ?? {}, 'template');
  const count = sameJson(template(before), template(after)) ? held : held + 1;
  after.metadata.annotations = { ...after.metadata.annotations, [templateGeneration]: String(count) };
}
