/**
 * Where the API listens is known only after the cluster has opened. Then the server leads its own Service there, as
 * kube-apiserver does (pkg/controlplane/reconcilers): `kubectl describe service kubernetes` shows a way that exists.
 */
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from './core.ts';
import { asObject, copyObject } from './fields.ts';
import { services } from './resources.ts';
import { createObject, updateObject } from './write-object.ts';

const manager = 'kube-apiserver';
const name = 'kubernetes';
const namespace = 'default';
const endpoints: ResourceName = { group: '', version: 'v1', resource: 'endpoints' };
const slices: ResourceName = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };

/** Points the Service `kubernetes` at the address; a no-op where it points there already. */
export function publishServer(core: Core, ip: string, port: number): void {
  const service = core.objects.get(services, namespace, name);
  if (service === undefined) return;
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: port }];
  updateObject(core, services, { ...copyObject(service), spec: { ...service.spec, ports } }, { manager });
  const listening = [{ name: 'https', port, protocol: 'TCP' }];
  put(core, endpoints, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip }], ports: listening }],
  });
  put(core, slices, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [ip], conditions: { ready: true } }],
    ports: listening,
  });
}

function put(core: Core, resource: ResourceName, json: JsonObject): KubeObject {
  const write = core.objects.get(resource, namespace, name) === undefined ? createObject : updateObject;
  return write(core, resource, asObject(json), { manager });
}
