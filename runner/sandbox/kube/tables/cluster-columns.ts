/** The tables of what makes up a cluster: namespaces, nodes, leases, and the events about all of it. */
import type { KubeObject } from '../kube.ts';
import { numberAt, objectsAt, textAt, valueAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn, orNone, renderAge, wideColumn } from './column.ts';
import type { Column } from './column.ts';

export const namespaceColumns: readonly Column[] = [
  nameColumn,
  column('Status', 'Phase of the namespace.', (namespace) => textAt(namespace, 'status', 'phase')),
  ageColumn,
];

export const leaseColumns: readonly Column[] = [
  nameColumn,
  column('Holder', 'Who holds the lease.', (lease) => textAt(lease, 'spec', 'holderIdentity')),
  ageColumn,
];

export const nodeColumns: readonly Column[] = [
  nameColumn,
  column('Status', 'Whether the node is ready and takes pods.', renderNodeStatus),
  column('Roles', 'Roles by label.', (node) => orNone(listNodeRoles(node).join(','))),
  ageColumn,
  column('Version', 'Version of the kubelet.', (node) =>
    textAt(node, 'status', 'nodeInfo', 'kubeletVersion'),
  ),
  wideColumn('Internal-IP', 'Address inside the cluster.', (node) => addressOf(node, 'InternalIP')),
  wideColumn('External-IP', 'Address outside the cluster.', (node) => addressOf(node, 'ExternalIP')),
  wideColumn('OS-Image', 'Operating system.', (node) => nodeInfo(node, 'osImage')),
  wideColumn('Kernel-Version', 'Version of the kernel.', (node) => nodeInfo(node, 'kernelVersion')),
  wideColumn('Container-Runtime', 'Container runtime and its version.', (node) =>
    nodeInfo(node, 'containerRuntimeVersion'),
  ),
];

export const eventColumns: readonly Column[] = [
  column('Last Seen', 'Time since it last happened.', lastSeen),
  column('Type', 'Normal or Warning.', (event) => textAt(event, 'type')),
  column('Reason', 'Why, in one word.', (event) => textAt(event, 'reason')),
  column('Object', 'What it is about.', (event) => {
    const name = textAt(event, 'involvedObject', 'name');
    return `${textAt(event, 'involvedObject', 'kind').toLowerCase()}${name === '' ? '' : `/${name}`}`;
  }),
  wideColumn('Subobject', 'Which part of it.', (event) => textAt(event, 'involvedObject', 'fieldPath')),
  wideColumn('Source', 'Who reports.', renderSource),
  column('Message', 'What happened.', (event) => textAt(event, 'message').trim()),
  wideColumn('First Seen', 'Time since it first happened.', firstSeen),
  wideColumn('Count', 'How often it happened.', countOf),
  { ...nameColumn, priority: 1 },
];

function renderNodeStatus(node: KubeObject): string {
  const ready = objectsAt(node, 'status', 'conditions').findLast((item) => textAt(item, 'type') === 'Ready');
  const isReady = ready !== undefined && textAt(ready, 'status') === 'True';
  const status = ready === undefined ? 'Unknown' : isReady ? 'Ready' : 'NotReady';
  return valueAt(node, 'spec', 'unschedulable') === true ? `${status},SchedulingDisabled` : status;
}

function listNodeRoles(node: KubeObject): string[] {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.entries(node.metadata.labels ?? {}).map(([label, value]) => {
    if (label.startsWith(prefix)) return label.slice(prefix.length);
    return label === 'kubernetes.io/role' ? value : '';
  });
  return [...new Set(roles.filter((role) => role !== ''))].toSorted();
}

function addressOf(node: KubeObject, type: string): string {
  const address = objectsAt(node, 'status', 'addresses').find((item) => textAt(item, 'type') === type);
  return address === undefined ? '<none>' : textAt(address, 'address');
}

function nodeInfo(node: KubeObject, field: string): string {
  return orNone(textAt(node, 'status', 'nodeInfo', field), '<unknown>');
}

function firstSeen(event: KubeObject, now: number): string {
  const first = textAt(event, 'firstTimestamp');
  return renderAge(first === '' ? textAt(event, 'eventTime') : first, now);
}

function lastSeen(event: KubeObject, now: number): string {
  if (hasSeries(event)) return renderAge(textAt(event, 'series', 'lastObservedTime'), now);
  const last = textAt(event, 'lastTimestamp');
  return last === '' ? firstSeen(event, now) : renderAge(last, now);
}

function countOf(event: KubeObject): number {
  return hasSeries(event) ? numberAt(event, 'series', 'count') : numberAt(event, 'count') || 1;
}

function hasSeries(event: KubeObject): boolean {
  return (valueAt(event, 'series') ?? null) !== null;
}

function renderSource(event: KubeObject): string {
  const component = orNone(textAt(event, 'source', 'component'), textAt(event, 'reportingComponent'));
  const instance = orNone(textAt(event, 'source', 'host'), textAt(event, 'reportingInstance'));
  return instance === '' ? component : `${component}, ${instance}`;
}
