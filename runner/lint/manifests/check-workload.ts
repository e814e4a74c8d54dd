/** What a workload as a whole gets wrong: its selector, its restart policy, its namespace. */
import { podSpecPath } from './check-containers.ts';
import type { Manifest, ManifestFault } from './manifests.ts';
import { fieldsOf, textAt, valueAt } from './values.ts';

/** Kinds that are in no namespace. */
const CLUSTER_WIDE =
  /\/(?:Namespace|Node|PersistentVolume|ClusterRole|ClusterRoleBinding|CustomResourceDefinition|StorageClass)$/;

export function* checkWorkload(manifest: Manifest): Iterable<ManifestFault> {
  const { kind, value, isUnit } = manifest;
  if (kind.startsWith('apps/v1/')) yield* checkSelector(manifest);
  const spec = kind.startsWith('batch/v1/') ? podSpecPath(kind) : undefined;
  if (spec !== undefined && !/^(?:Never|OnFailure)$/.test(textAt(value, [...spec, 'restartPolicy']))) {
    yield {
      code: 'manifest:restart-policy',
      path: [...spec, 'restartPolicy'],
      message:
        'The pods of a Job must say `restartPolicy: Never` or `OnFailure`; otherwise the API server refuses it.',
      hint: 'Add `restartPolicy: Never`.',
    };
  }
  const isNamed = valueAt(value, ['metadata', 'namespace']) !== undefined;
  if (isUnit && !isNamed && !CLUSTER_WIDE.test(kind) && /^(?:v1|apps\/v1|batch\/v1)\//.test(kind)) {
    yield {
      code: 'manifest:namespace',
      path: ['metadata', 'name'],
      message:
        'This becomes a unit without a namespace, so it is applied into `default`, beside everybody’s.',
      hint: 'Add `namespace:`; where a link shall give it, write `namespace: confighubplaceholder`.',
    };
  }
}

function* checkSelector({ value }: Manifest): Iterable<ManifestFault> {
  const wanted = fieldsOf(valueAt(value, ['spec', 'selector', 'matchLabels']));
  const labels = fieldsOf(valueAt(value, ['spec', 'template', 'metadata', 'labels']));
  const missing = Object.entries(wanted).find(([name, label]) => labels[name] !== label);
  if (missing === undefined) return;
  const [name] = missing;
  yield {
    code: 'manifest:selector',
    path: ['spec', 'selector', 'matchLabels', name],
    message: `The pods do not carry the label \`${name}: ${String(missing[1])}\` that the selector asks for, so the API server refuses it.`,
    hint: 'Give `spec.template.metadata.labels` the same label.',
  };
}
