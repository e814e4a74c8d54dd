/** What the API server accepts but warns of: each kind's own warnings, which kubectl prints on stderr. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { asJson, readMap, readNumber, readObject, readObjects, readText } from '../objects/fields.ts';
import { formatProblems, formats } from '../validation/names.ts';
import { fractionalAmount, warnOfPodSpec } from './pod-warnings.ts';
import { warnOfService } from './service-warnings.ts';

type Warn = (object: JsonObject, before: JsonObject | undefined) => string[];

const inPodNames =
  'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';
const inHostname =
  "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";

const byKind: Readonly<Record<string, Warn>> = {
  Pod: (pod, before) =>
    before === undefined ? [...warnOfName(inHostname, pod), ...warnOfPodSpec('', pod)] : [],
  Deployment: warnOfWorkload,
  ReplicaSet: warnOfWorkload,
  ReplicationController: warnOfWorkload,
  Job: warnOfWorkload,
  CronJob: warnOfCronJob,
  DaemonSet: (set, before) => warnOfTemplate('spec.template', set, before),
  StatefulSet: warnOfStatefulSet,
  PodTemplate: (object, before) => warnOfTemplate('template', object, before),
  Service: (service) => warnOfService(service),
  Secret: warnOfCertificate,
  PersistentVolumeClaim: (claim) => warnOfClaim('spec', claim),
  Ingress: warnOfClass,
};

/** The warnings of an object that was written over `before`; each is said once. */
export function collectWarnings(object: KubeObject, before: KubeObject | undefined): string[] {
  const warn = byKind[object.kind];
  if (warn === undefined) return [];
  return [...new Set(warn(asJson(object), before === undefined ? undefined : asJson(before)))];
}

function warnOfName(words: string, object: JsonObject): string[] {
  const problems = formatProblems(readText(object, 'metadata', 'name'), formats.label);
  return problems.length === 0 ? [] : [`${words}: [${problems.join(' ')}]`];
}

function warnOfWorkload(object: JsonObject, before: JsonObject | undefined): string[] {
  const named = before === undefined ? warnOfName(inPodNames, object) : [];
  return [...named, ...warnOfTemplate('spec.template', object, before)];
}

/** A template is looked at again when the object's generation moves on. */
function warnOfTemplate(path: string, object: JsonObject, before: JsonObject | undefined): string[] {
  const generation = (of: JsonObject): number => readNumber(of, 'metadata', 'generation') ?? 0;
  if (before !== undefined && generation(before) === generation(object)) return [];
  return warnOfPodSpec(`${path}.`, readObject(object, ...path.split('.')));
}

function warnOfCronJob(object: JsonObject, before: JsonObject | undefined): string[] {
  const named = before === undefined ? warnOfName(inPodNames, object) : [];
  return [...named, ...warnOfTemplate('spec.jobTemplate.spec.template', object, before)];
}

function warnOfStatefulSet(object: JsonObject, before: JsonObject | undefined): string[] {
  const part = before === undefined ? '' : '.Spec';
  const limit = readNumber(object, 'spec', 'revisionHistoryLimit') ?? 0;
  const words =
    'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';
  return [
    ...warnOfTemplate('spec.template', object, before),
    ...readObjects(object, 'spec', 'volumeClaimTemplates').flatMap((claim, index) =>
      warnOfClaim(`spec.volumeClaimTemplates[${index}]${part}`, claim),
    ),
    ...(limit < 0 ? [words] : []),
  ];
}

function warnOfClaim(field: string, claim: JsonObject): string[] {
  return ['requests', 'limits'].flatMap((list) =>
    fractionalAmount(
      `${field}.resources.${list}[storage]`,
      readText(claim, 'spec', 'resources', list, 'storage'),
    ),
  );
}

/** Of a certificate only its envelope is looked at here: whether there is PEM at all. */
function warnOfCertificate(secret: JsonObject): string[] {
  if (readText(secret, 'type') !== 'kubernetes.io/tls') return [];
  const data = readMap(secret, 'data');
  const isPem = (key: string): boolean => atob(data[key] ?? '').includes('-----BEGIN ');
  const missing = isPem('tls.crt') ? 'key' : 'certificate';
  return isPem('tls.crt') && isPem('tls.key') ? [] : [`tls: failed to find any PEM data in ${missing} input`];
}

function warnOfClass(ingress: JsonObject, before: JsonObject | undefined): string[] {
  const name = 'kubernetes.io/ingress.class';
  const isAnnotated = readMap(ingress, 'metadata', 'annotations')[name] !== undefined;
  const isOld = isAnnotated && readText(ingress, 'spec', 'ingressClassName') === '';
  if (before !== undefined || !isOld) return [];
  return [`annotation "${name}" is deprecated, please use 'spec.ingressClassName' instead`];
}
