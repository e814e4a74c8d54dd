/** Gives each active namespace its `default` ServiceAccount and the ConfigMap `kube-root-ca.crt`, and puts them back when deleted. */
import type { Context, Controller } from '../controller.ts';
import { isBeingDeleted } from '../objects.ts';
import { CONFIG_MAPS, NAMESPACES, SERVICE_ACCOUNTS, isResource } from '../resources.ts';

const MANAGER = 'kube-controller-manager';
const ROOT_CA = 'kube-root-ca.crt';

export function defaultAccountController({ cluster, options }: Context): Controller {
  return {
    name: 'default-account',
    initial: () => cluster.list(NAMESPACES).map(({ metadata }) => metadata.name),
    keys: ({ type, resource, object }) => {
      if (isResource(resource, NAMESPACES)) return type === 'DELETED' ? [] : [object.metadata.name];
      const isOurs =
        (isResource(resource, SERVICE_ACCOUNTS) && object.metadata.name === 'default') ||
        (isResource(resource, CONFIG_MAPS) && object.metadata.name === ROOT_CA);
      return isOurs && type === 'DELETED' ? [object.metadata.namespace ?? ''] : [];
    },
    sync: (namespace) => {
      const object = cluster.get(NAMESPACES, undefined, namespace);
      if (object === undefined || isBeingDeleted(object)) return;
      if (cluster.get(SERVICE_ACCOUNTS, namespace, 'default') === undefined) {
        const metadata = { name: 'default', namespace };
        cluster.create(SERVICE_ACCOUNTS, { apiVersion: 'v1', kind: 'ServiceAccount', metadata }, MANAGER);
      }
      if (cluster.get(CONFIG_MAPS, namespace, ROOT_CA) !== undefined) return;
      const description =
        'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. ' +
        'No other usage is guaranteed across distributions of Kubernetes clusters.';
      const metadata = {
        name: ROOT_CA,
        namespace,
        annotations: { 'kubernetes.io/description': description },
      };
      const data = { 'ca.crt': options.certificateAuthority ?? '' };
      cluster.create(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }, MANAGER);
    },
  };
}
