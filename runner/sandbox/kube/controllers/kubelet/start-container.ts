/** The last step of a container's start: what forbids it, and the process that then runs. */
import type { FoundImage } from '../../catalogue/find-image.ts';
import { planProcess } from '../../catalogue/plan-process.ts';
import type { Cluster, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { text } from '../fields.ts';
import { attempt } from '../refusals.ts';
import { expand, resolveEnvironment } from './environment.ts';
import type { ContainerSpec } from './pod-spec.ts';
import { runPlan, runProgram, type Process, type ProcessHooks } from './process.ts';

/** What CreateContainerConfigError says; undefined if the container may start. */
export function refuseContainer(
  cluster: Cluster,
  pod: KubeObject,
  container: ContainerSpec,
  { image }: FoundImage,
): string | undefined {
  const environment = resolveEnvironment(cluster, pod, container.raw);
  if (environment.kind === 'refused') return environment.error;
  if (!container.nonRoot || (container.user ?? image.user) !== 0) return undefined;
  const { name, namespace, uid } = pod.metadata;
  const where = `(pod: "${name}_${namespace}(${uid})", container: ${container.name})`;
  return container.user === 0
    ? `container's runAsUser breaks non-root policy ${where}`
    : `container has runAsNonRoot and image will run as root ${where}`;
}

/** Starts the process of a container that nothing forbids, or takes one up that started earlier. */
export function startContainer(
  context: Context,
  pod: KubeObject,
  container: ContainerSpec,
  { image }: FoundImage,
  startedAt: number,
  hooks: ProcessHooks,
): Process {
  const { cluster, options } = context;
  const environment = resolveEnvironment(cluster, pod, container.raw);
  const env = environment.kind === 'resolved' ? environment.env : {};
  const args = container.args.map((arg) => expand(arg, env));
  const program = options.programs[image.repository];
  if (program !== undefined) {
    const namespace = pod.metadata.namespace ?? '';
    const serviceAccount = text(pod.spec?.['serviceAccountName']) ?? 'default';
    let token = '';
    attempt(() => {
      token = cluster.token(namespace, serviceAccount);
    });
    const about = { name: pod.metadata.name, namespace, serviceAccount };
    return runProgram(program, { pod: about, args, env, token }, hooks);
  }
  const command = container.command.map((word) => expand(word, env));
  const plan = planProcess(image, { command, args, env, user: container.user ?? image.user });
  return runPlan(context, plan, startedAt, hooks);
}
