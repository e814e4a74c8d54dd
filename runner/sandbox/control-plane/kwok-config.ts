/** kwok's configuration: the image catalogue as the stages of simulated pods. Nodes keep kwok's own stages. */
import { stringify } from 'yaml';
import { IMAGES } from '../kube/catalogue/data/images.ts';
import { LATENCY } from '../kube/controllers/kubelet/latencies.ts';
import { renderImageFunctions } from './image-table.ts';
import { listPodStages, type PodStage } from './pod-stages.ts';

/** YAML for kwok's `--config`. `speed` multiplies the catalogue's times. */
export function renderKwokConfig(speed: number): string {
  const functions = renderImageFunctions(IMAGES, speed);
  return listPodStages(LATENCY, speed)
    .map((stage) => stringify(describeStage(stage, functions), { lineWidth: 0 }))
    .join('---\n');
}

function describeStage({ name, when, after, event, status }: PodStage, functions: string): unknown {
  const applies = { key: `${functions}${when}`, operator: 'In', values: ['true'] };
  const delay =
    after === undefined
      ? {}
      : { delay: { durationMilliseconds: 0, durationFrom: { jq: { expression: `${functions}${after}` } } } };
  const next =
    status === undefined
      ? { finalizers: { empty: true }, delete: true }
      : { patches: [{ subresource: 'status', root: 'status', template: status, type: 'strategic' }] };
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: { matchExpressions: [{ jq: applies }] },
      ...delay,
      next: { ...(event === undefined ? {} : { event }), ...next },
    },
  };
}
