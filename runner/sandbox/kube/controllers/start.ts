/** Starts the controllers, the scheduler and the node over a cluster. */
import type { Nodes, StartControllers } from '../kube.ts';
import { autoscalerController } from './autoscaling/autoscaler-controller.ts';
import type { Context } from './controller.ts';
import { daemonSetController } from './daemonset/daemon-set-controller.ts';
import { definitionController } from './definitions/definition-controller.ts';
import { deploymentController } from './deployment/deployment-controller.ts';
import { budgetController } from './disruption/budget-controller.ts';
import { garbageController } from './garbage/garbage-controller.ts';
import { knownResources } from './known-resources.ts';
import { afterFinishedController } from './job/after-finished-controller.ts';
import { cronJobController } from './job/cron-job-controller.ts';
import { jobController } from './job/job-controller.ts';
import { openKubelet } from './kubelet/kubelet-controller.ts';
import { leaseController } from './kubelet/lease-controller.ts';
import { defaultAccountController } from './namespaces/default-account-controller.ts';
import { namespaceController } from './namespaces/namespace-controller.ts';
import { quotaController } from './quota/quota-controller.ts';
import { aggregationController } from './rbac/aggregation-controller.ts';
import { replicaSetController, replicationController } from './replicaset/replica-set-controller.ts';
import { schedulerController } from './scheduler/scheduler-controller.ts';
import { endpointsController } from './services/endpoints-controller.ts';
import { statefulSetController } from './statefulset/stateful-set-controller.ts';
import { claimController } from './storage/claim-controller.ts';
import { runControllers } from './work-queue.ts';

/** Runs until `close()`. Objects that are already there are taken up as they are. */
export const startControllers: StartControllers = (cluster, options): Nodes => {
  const context: Context = {
    cluster,
    options,
    later: (ms, work) => cluster.clock.after(ms * options.speed, work),
  };
  const known = knownResources(cluster);
  const kubelet = openKubelet(context);
  const stop = runControllers(cluster, [
    definitionController(context),
    defaultAccountController(context),
    aggregationController(context),
    deploymentController(context),
    replicaSetController(context),
    replicationController(context),
    statefulSetController(context),
    daemonSetController(context),
    jobController(context),
    cronJobController(context),
    afterFinishedController(context),
    schedulerController(context),
    kubelet.controller,
    leaseController(context),
    endpointsController(context),
    autoscalerController(context),
    budgetController(context),
    claimController(context),
    quotaController(context),
    garbageController(context, known),
    namespaceController(context, known),
  ]);
  return {
    ...kubelet.node,
    close: () => {
      stop();
      kubelet.close();
    },
  };
};
