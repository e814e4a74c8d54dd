/** `Cluster` over the stored objects: what controllers use in process, with the same rules as over HTTP. */
import type { Tokens } from '../auth/tokens.ts';
import { notFound } from '../errors.ts';
import type { Cluster } from '../kube.ts';
import type { Core } from './core.ts';
import { deleteObject } from './delete-object.ts';
import { EventCorrelator } from './event-correlator.ts';
import { copyObject } from './fields.ts';
import { applyObject } from './apply-object.ts';
import { recordEvent } from './record-event.ts';
import { pods, serviceAccounts } from './resources.ts';
import { createObject, updateObject } from './write-object.ts';

const tokenSeconds = 3607;

/** The cluster as in-process callers see it. */
export function openCluster(core: Core, tokens: Tokens): Cluster {
  const correlator = new EventCorrelator(core.clock);
  return {
    clock: core.clock,
    ids: core.ids,
    get(resource, namespace, name) {
      const held = core.objects.get(resource, namespace, name);
      return held === undefined ? undefined : copyObject(held);
    },
    list: (resource, namespace) => core.objects.list(resource, namespace),
    create: (resource, object, manager) => copyObject(createObject(core, resource, object, { manager })),
    update: (resource, object, manager) => {
      const isNamespace = object.kind === 'Namespace';
      const options = isNamespace ? ({ manager, subresource: 'finalize' } as const) : { manager };
      return copyObject(updateObject(core, resource, object, options));
    },
    bind: (pod, nodeName) => {
      const bound = { ...pod, spec: { ...pod.spec, nodeName } };
      return copyObject(updateObject(core, pods, bound, { manager: '', managed: true }));
    },
    apply: (resource, config, manager) => copyObject(applyObject(core, resource, config, manager)),
    updateStatus: (resource, object, manager) =>
      copyObject(updateObject(core, resource, object, { manager, subresource: 'status' })),
    delete(resource, namespace, name, options = {}) {
      deleteObject(core, { resource, namespace, name }, options);
    },
    watch: (listener) => core.objects.watch(listener),
    token(namespace, account) {
      const token = tokens.mint(namespace, account, tokenSeconds);
      if (token === undefined) throw notFound(serviceAccounts, account);
      return token;
    },
    event: (about, event) => recordEvent(core, correlator, about, event),
  };
}
