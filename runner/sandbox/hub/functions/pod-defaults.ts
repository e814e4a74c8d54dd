/** `set-pod-defaults`: what is good practice for pods, each part on demand. What is there already mostly stays. */
import { isMap, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { putResources, readAmount } from './container-functions.ts';
import type { FunctionCall } from './implementation.ts';
import { childOf, createNode, nodeAt, setAt, valueOf } from './nodes.ts';
import type { ConfigDocument, ScalarValue } from './nodes.ts';
import { TEXT_PLACEHOLDER } from './placeholder.ts';
import { CONTAINER_LISTS, podSpecPath } from './pod-specs.ts';

const NAMESPACE_LABELS: Readonly<Record<string, string>> = {
  enforce: 'baseline',
  'enforce-version': 'latest',
  warn: 'restricted',
  'warn-version': 'latest',
};

/** The settings that are forced on every container. */
const CONTAINER_SECURITY: readonly (readonly [string, boolean])[] = [
  ['readOnlyRootFilesystem', true],
  ['runAsNonRoot', true],
  ['allowPrivilegeEscalation', false],
  ['privileged', false],
];

const PROBES: readonly (readonly [string, number, number])[] = [
  ['startupProbe', 10, 30],
  ['livenessProbe', 30, 3],
  ['readinessProbe', 5, 3],
];

/** The flags are named or in the signature's order. */
export function setPodDefaults({ documents, arguments: given }: FunctionCall): void {
  const wants = (name: string): boolean => given.some((one) => one.name === name && one.value === true);
  for (const doc of documents) {
    if (wants('pod-security') && isNamespace(doc)) setNamespaceLabels(doc);
    const spec = nodeAt(doc, podSpecPath(doc) ?? []);
    if (podSpecPath(doc) === undefined || !isMap(spec)) continue;
    const pod = { ...doc, root: spec };
    if (wants('automount-service-account-token')) setAt(pod, ['automountServiceAccountToken'], false);
    setIfMissing(pod, ['terminationGracePeriodSeconds'], 60);
    if (wants('security-context')) secure(pod);
    if (wants('resources')) for (const container of containersOf(pod)) raiseRequests(container);
    if (wants('probes')) for (const container of containersOf(pod, ['containers'])) addProbes(container);
  }
}

function isNamespace(doc: ConfigDocument): boolean {
  const read = (key: string): unknown => valueOf(doc, nodeAt(doc, [key]));
  return read('apiVersion') === 'v1' && read('kind') === 'Namespace';
}

function setNamespaceLabels(doc: ConfigDocument): void {
  for (const [name, value] of Object.entries(NAMESPACE_LABELS))
    setAt(doc, ['metadata', 'labels', `pod-security.kubernetes.io/${name}`], value);
}

function containersOf(pod: ConfigDocument, lists: readonly string[] = CONTAINER_LISTS): ConfigDocument[] {
  return lists.flatMap((name) => {
    const list = childOf(pod, pod.root, name);
    const items = isSeq(list) ? list.items.filter((item): item is YAMLMap => isMap(item)) : [];
    return items.map((root) => ({ ...pod, root }));
  });
}

function secure(pod: ConfigDocument): void {
  setAt(pod, ['securityContext', 'seccompProfile', 'type'], 'RuntimeDefault');
  for (const container of containersOf(pod)) {
    for (const [name, value] of CONTAINER_SECURITY) setAt(container, ['securityContext', name], value);
    const drop = ['securityContext', 'capabilities', 'drop'];
    if (nodeAt(container, drop) === undefined) setAt(container, drop, createNode(container, ['ALL']));
    setIfMissing(container, ['imagePullPolicy'], 'Always');
  }
}

function raiseRequests(container: ConfigDocument): void {
  if (childOf(container, container.root, 'resources') === undefined)
    setAt(container, ['resources'], createNode(container, {}));
  const resources = childOf(container, container.root, 'resources');
  if (!isMap(resources)) return;
  const requests = [...readAmount('cpu', '128m'), ...readAmount('memory', '128Mi')];
  putResources({ ...container, root: resources }, { operation: 'floor', requests, factor: 0 });
}

/** A readiness probe like the probe that is there; all three if there is none. */
function addProbes(container: ConfigDocument): void {
  const probe = (name: string) => childOf(container, container.root, name);
  if (probe('readinessProbe') !== undefined) return;
  const known = probe('livenessProbe') ?? probe('startupProbe');
  if (isMap(known)) {
    setAt(container, ['readinessProbe'], known.clone() as YAMLMap);
    setAt(container, ['readinessProbe', 'initialDelaySeconds'], 5);
    setAt(container, ['readinessProbe', 'periodSeconds'], 10);
    return;
  }
  const port = valueOf(container, nodeAt(container, ['ports', '0', 'containerPort']));
  for (const [name, delay, failures] of PROBES)
    setAt(
      container,
      [name],
      createNode(container, {
        httpGet: { path: TEXT_PLACEHOLDER, port: Number.isInteger(port) ? port : 8080 },
        initialDelaySeconds: delay,
        periodSeconds: 10,
        timeoutSeconds: 1,
        failureThreshold: failures,
        successThreshold: 1,
      }),
    );
}

function setIfMissing(doc: ConfigDocument, path: readonly string[], value: ScalarValue): void {
  if (nodeAt(doc, path) === undefined) setAt(doc, path, value);
}
