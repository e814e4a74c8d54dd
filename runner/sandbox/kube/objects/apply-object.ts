/** Server-side apply in process, for controllers that own some fields of an object that is not theirs. */
import { notFound } from '../errors.ts';
import { applyServerSide } from '../fields/apply.ts';
import type { KubeObject, ResourceName } from '../kube.ts';
import type { Core } from './core.ts';
import { copyObject, timestamp } from './fields.ts';
import { kindOf } from './resources.ts';
import { updateObject } from './write-object.ts';

/** Applies by force and returns the object as stored. Throws ApiError 404 where there is none. */
export function applyObject(
  core: Core,
  resource: ResourceName,
  config: KubeObject,
  manager: string,
): KubeObject {
  const { namespace, name } = config.metadata;
  const live = core.objects.get(resource, namespace, name);
  if (live === undefined) throw notFound(resource, name);
  const applied = applyServerSide({
    kind: kindOf(live),
    live: copyObject(live),
    config,
    manager,
    force: true,
    time: timestamp(core.clock.now()),
  });
  if (!('object' in applied)) throw new Error(applied.message);
  return updateObject(core, resource, applied.object, { manager, managed: true });
}
