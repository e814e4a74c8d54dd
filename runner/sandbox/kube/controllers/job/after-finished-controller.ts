/** Removes finished Jobs that say how long they are worth keeping (pkg/controller/ttlafterfinished). */
import type { KubeObject } from '../../kube.ts';
import type { Context, Controller } from '../controller.ts';
import { getByKey, isBeingDeleted, keyOf } from '../objects.ts';
import { JOBS, isResource } from '../resources.ts';
import { parseStamp } from '../times.ts';
import { holds } from './job-view.ts';

export function afterFinishedController({ cluster, options }: Context): Controller {
  return {
    name: 'ttlafterfinished',
    initial: () => cluster.list(JOBS).map((job) => keyOf(job)),
    keys: ({ resource, object }) => (isResource(resource, JOBS) ? [keyOf(object)] : []),
    sync: (key, again) => {
      const job = getByKey(cluster, JOBS, key);
      const seconds = job?.spec?.['ttlSecondsAfterFinished'];
      const finished = job === undefined ? 0 : finishedAt(job);
      if (job === undefined || typeof seconds !== 'number' || finished === 0 || isBeingDeleted(job)) return;
      const left = finished + seconds * 1000 * options.speed - cluster.clock.now();
      if (left > 0) again(left);
      else cluster.delete(JOBS, job.metadata.namespace, job.metadata.name, { propagation: 'Foreground' });
    },
  };
}

function finishedAt(job: KubeObject): number {
  const condition = holds(job, 'Complete') ?? holds(job, 'Failed');
  return parseStamp(condition?.['lastTransitionTime']);
}
