/** The tables of workloads: pods, deployments, replica sets. */
import type { KubeObject } from '../kube.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../schema/read-json.ts';
import { ageColumn, column, joinField, nameColumn, orNone, wideColumn } from './column.ts';
import type { Column } from './column.ts';
import { renderSelector } from './render-selector.ts';
import { summarisePod } from './summarise-pod.ts';

export const podColumns: readonly Column[] = [
  nameColumn,
  column('Ready', 'Ready containers of all.', (pod, now) => summarisePod(pod, now).ready),
  column('Status', 'What its containers are doing.', (pod, now) => summarisePod(pod, now).status),
  column('Restarts', 'Restarts, and the time since the last.', (pod, now) => summarisePod(pod, now).restarts),
  ageColumn,
  wideColumn('IP', 'Address of the pod.', (pod) =>
    orNone(textAt(objectsAt(pod, 'status', 'podIPs')[0] ?? {}, 'ip')),
  ),
  wideColumn('Node', 'Node that runs the pod.', (pod) => orNone(textAt(pod, 'spec', 'nodeName'))),
  wideColumn('Nominated Node', 'Node that will be freed for the pod.', (pod) =>
    orNone(textAt(pod, 'status', 'nominatedNodeName')),
  ),
  wideColumn('Readiness Gates', 'Readiness gates that are met, of all.', renderReadinessGates),
];

export const deploymentColumns: readonly Column[] = [
  nameColumn,
  column(
    'Ready',
    'Ready pods of the wanted.',
    (object) => `${numberAt(object, 'status', 'readyReplicas')}/${numberAt(object, 'spec', 'replicas')}`,
  ),
  column('Up-to-date', 'Pods of the current template.', (object) =>
    numberAt(object, 'status', 'updatedReplicas'),
  ),
  column('Available', 'Pods that have been ready for long enough.', (object) =>
    numberAt(object, 'status', 'availableReplicas'),
  ),
  ageColumn,
  ...templateColumns((object) => renderSelector(objectAt(object, 'spec', 'selector'))),
];

export const replicaSetColumns: readonly Column[] = [
  nameColumn,
  countColumn('Desired', 'Pods wanted.', 'spec', 'replicas'),
  countColumn('Current', 'Pods that exist.', 'status', 'replicas'),
  countColumn('Ready', 'Pods that are ready.', 'status', 'readyReplicas'),
  ageColumn,
  ...templateColumns((object) => orNone(renderSelector(objectAt(object, 'spec', 'selector')))),
];

function countColumn(name: string, description: string, ...path: readonly string[]): Column {
  return { ...column(name, description, (object) => numberAt(object, ...path)), type: 'integer' };
}

function templateColumns(selector: Column['cell']): Column[] {
  const cell =
    (field: string): Column['cell'] =>
    (object) =>
      joinField(objectsAt(object, 'spec', 'template', 'spec', 'containers'), field);
  return [
    wideColumn('Containers', 'Names of the containers.', cell('name')),
    wideColumn('Images', 'Images of the containers.', cell('image')),
    wideColumn('Selector', 'Label selector of its pods.', selector),
  ];
}

function renderReadinessGates(pod: KubeObject): string {
  const gates = objectsAt(pod, 'spec', 'readinessGates').map((gate) => textAt(gate, 'conditionType'));
  if (gates.length === 0) return '<none>';
  const conditions = objectsAt(pod, 'status', 'conditions');
  const met = gates.filter((type) => {
    const condition = conditions.find((item) => textAt(item, 'type') === type);
    return condition !== undefined && textAt(condition, 'status') === 'True';
  });
  return `${met.length}/${gates.length}`;
}
