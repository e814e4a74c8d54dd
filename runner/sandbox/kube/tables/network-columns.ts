/** The tables of services and their endpoints. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { numberAt, objectAt, objectsAt, textAt, textsAt, valueAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn, orNone, wideColumn } from './column.ts';
import type { Column } from './column.ts';
import { renderSelector } from './render-selector.ts';

/** How many endpoints or ports a cell shows before "+ 2 more...". */
const maxListed = 3;

export const serviceColumns: readonly Column[] = [
  nameColumn,
  column('Type', 'How the service is exposed.', (service) => textAt(service, 'spec', 'type')),
  column('Cluster-IP', 'Address inside the cluster.', (service) =>
    orNone(textsAt(service, 'spec', 'clusterIPs')[0] ?? ''),
  ),
  column('External-IP', 'Addresses outside the cluster.', renderExternalIp),
  column('Port(s)', 'Ports of the service.', (service) =>
    orNone(objectsAt(service, 'spec', 'ports').map(renderServicePort).join(',')),
  ),
  ageColumn,
  wideColumn('Selector', 'Labels of the pods behind the service.', (service) =>
    orNone(renderSelector({ matchLabels: objectAt(service, 'spec', 'selector') })),
  ),
];

export const endpointsColumns: readonly Column[] = [
  nameColumn,
  column('Endpoints', 'Addresses and ports behind the service.', (endpoints) =>
    orNone(renderListed(objectsAt(endpoints, 'subsets').flatMap(listSubset))),
  ),
  ageColumn,
];

export const endpointSliceColumns: readonly Column[] = [
  nameColumn,
  column('AddressType', 'Kind of the addresses.', (slice) => textAt(slice, 'addressType')),
  column('Ports', 'Ports of every endpoint.', (slice) =>
    orNone(renderListed(objectsAt(slice, 'ports').map(renderSlicePort)), '<unset>'),
  ),
  column('Endpoints', 'Addresses of the endpoints.', (slice) => {
    const addresses = objectsAt(slice, 'endpoints').flatMap((endpoint) => textsAt(endpoint, 'addresses'));
    return orNone(renderListed(addresses), '<unset>');
  }),
  ageColumn,
];

function renderExternalIp(service: KubeObject): string {
  const external = textsAt(service, 'spec', 'externalIPs');
  switch (textAt(service, 'spec', 'type')) {
    case 'ClusterIP':
    case 'NodePort':
      return orNone(external.join(','));
    case 'LoadBalancer':
      return orNone([...listIngress(service), ...external].join(','), '<pending>');
    case 'ExternalName':
      return textAt(service, 'spec', 'externalName');
    default:
      return '<unknown>';
  }
}

function listIngress(service: KubeObject): string[] {
  const ingress = objectsAt(service, 'status', 'loadBalancer', 'ingress');
  const names = ingress.map((entry) => orNone(textAt(entry, 'ip'), textAt(entry, 'hostname')));
  return [...new Set(names.filter((name) => name !== ''))].toSorted();
}

function renderServicePort(port: JsonObject): string {
  const nodePort = numberAt(port, 'nodePort');
  return `${numberAt(port, 'port')}${nodePort > 0 ? `:${nodePort}` : ''}/${textAt(port, 'protocol')}`;
}

function renderSlicePort(port: JsonObject): string {
  const number = valueAt(port, 'port');
  if (typeof number === 'number') return String(number);
  const name = valueAt(port, 'name');
  return typeof name === 'string' ? name : '*';
}

function listSubset(subset: JsonObject): string[] {
  const addresses = objectsAt(subset, 'addresses').map((address) => textAt(address, 'ip'));
  const ports = objectsAt(subset, 'ports').map((port) => numberAt(port, 'port'));
  if (ports.length === 0) return addresses;
  return ports.flatMap((port) =>
    addresses.map((ip) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)),
  );
}

function renderListed(items: readonly string[]): string {
  const shown = items.slice(0, maxListed).join(',');
  return items.length > maxListed ? `${shown} + ${items.length - maxListed} more...` : shown;
}
