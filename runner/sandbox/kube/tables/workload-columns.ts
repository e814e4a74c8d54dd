/** The tables of workloads that keep pods running. */
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

export const replicationControllerColumns: readonly Column[] = [
  ...replicaSetColumns.slice(0, -1),
  wideColumn('Selector', 'Label selector of its pods.', (object) =>
    orNone(renderSelector({ matchLabels: objectAt(object, 'spec', 'selector') })),
  ),
];

export const podTemplateColumns: readonly Column[] = [
  nameColumn,
  column('Containers', 'Names of the containers.', (object) =>
    joinField(objectsAt(object, 'template', 'spec', 'containers'), 'name'),
  ),
  column('Images', 'Images of the containers.', (object) =>
    joinField(objectsAt(object, 'template', 'spec', 'containers'), 'image'),
  ),
  column('Pod Labels', 'Labels of its pods.', (object) =>
    orNone(renderSelector({ matchLabels: objectAt(object, 'template', 'metadata', 'labels') })),
  ),
];

export const statefulSetColumns: readonly Column[] = [
  nameColumn,
  column(
    'Ready',
    'Ready pods of the wanted.',
    (object) => `${numberAt(object, 'status', 'readyReplicas')}/${numberAt(object, 'spec', 'replicas')}`,
  ),
  ageColumn,
  ...containerColumns('spec', 'template'),
];

export const daemonSetColumns: readonly Column[] = [
  nameColumn,
  countColumn('Desired', 'Nodes that shall run the pod.', 'status', 'desiredNumberScheduled'),
  countColumn('Current', 'Nodes that run it.', 'status', 'currentNumberScheduled'),
  countColumn('Ready', 'Nodes where it is ready.', 'status', 'numberReady'),
  countColumn('Up-to-date', 'Nodes that run the current template.', 'status', 'updatedNumberScheduled'),
  countColumn('Available', 'Nodes where it has been ready for long enough.', 'status', 'numberAvailable'),
  column('Node Selector', 'Labels of the nodes.', (object) =>
    orNone(renderSelector({ matchLabels: objectAt(object, 'spec', 'template', 'spec', 'nodeSelector') })),
  ),
  ageColumn,
  ...templateColumns((object) => orNone(renderSelector(objectAt(object, 'spec', 'selector')))),
];

export const controllerRevisionColumns: readonly Column[] = [
  nameColumn,
  column('Controller', 'The workload that it is a revision of.', (revision) => {
    const owner = revision.metadata.ownerReferences?.find(({ controller }) => controller === true);
    if (owner === undefined) return '<none>';
    const [group = ''] = owner.apiVersion.split('/');
    return `${owner.kind.toLowerCase()}.${group}/${owner.name}`;
  }),
  countColumn('Revision', 'Number of the revision.', 'revision'),
  ageColumn,
];

/** A column of a number in the object. */
export function countColumn(name: string, description: string, ...path: readonly string[]): Column {
  return { ...column(name, description, (object) => numberAt(object, ...path)), type: 'integer' };
}

/** What a template's containers are, and which pods are of it. */
export function templateColumns(selector: Column['cell'], ...template: readonly string[]): Column[] {
  const path = template.length === 0 ? ['spec', 'template'] : template;
  return [...containerColumns(...path), wideColumn('Selector', 'Label selector of its pods.', selector)];
}

function containerColumns(...template: readonly string[]): Column[] {
  const cell =
    (field: string): Column['cell'] =>
    (object) =>
      joinField(objectsAt(object, ...template, 'spec', 'containers'), field);
  return [
    wideColumn('Containers', 'Names of the containers.', cell('name')),
    wideColumn('Images', 'Images of the containers.', cell('image')),
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
