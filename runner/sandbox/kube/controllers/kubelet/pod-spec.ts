/** A pod's spec as the kubelet reads it: containers in starting order, with their probes and ports parsed. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import { integer, record, records, text, texts } from '../fields.ts';

export interface PodSpec {
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  /** Init containers first, as they start. */
  readonly containers: readonly ContainerSpec[];
}

export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly pullPolicy: string;
  /** `sidecar`: an init container that keeps running (its own restartPolicy is Always). */
  readonly role: 'init' | 'sidecar' | 'main';
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string | undefined; readonly port: number }[];
  readonly probes: readonly ProbeSpec[];
  /** Undefined: the image's user. */
  readonly user: number | undefined;
  readonly nonRoot: boolean;
  /** Milliseconds of life that it gets to stop. */
  readonly graceMs: number;
  /** As in the object: env, envFrom, resources are read from here. */
  readonly raw: JsonObject;
}

export type ProbeKind = 'Readiness' | 'Liveness' | 'Startup';

export interface ProbeSpec {
  readonly kind: ProbeKind;
  readonly check: ProbeCheck;
  /** Milliseconds of life. */
  readonly initialDelayMs: number;
  readonly periodMs: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

export type ProbeCheck =
  | { readonly kind: 'http'; readonly port: number | string; readonly path: string; readonly scheme: string }
  | { readonly kind: 'tcp'; readonly port: number | string }
  | { readonly kind: 'exec'; readonly command: readonly string[] }
  | { readonly kind: 'grpc' };

export function parsePodSpec(pod: KubeObject): PodSpec {
  const spec = record(pod.spec);
  const policy = text(spec['restartPolicy']);
  return {
    restartPolicy: policy === 'OnFailure' || policy === 'Never' ? policy : 'Always',
    containers: [
      ...records(spec['initContainers']).map((raw) =>
        parseContainer(raw, raw['restartPolicy'] === 'Always' ? 'sidecar' : 'init', spec),
      ),
      ...records(spec['containers']).map((raw) => parseContainer(raw, 'main', spec)),
    ],
  };
}

function parseContainer(raw: JsonObject, role: ContainerSpec['role'], spec: JsonObject): ContainerSpec {
  const own = record(raw['securityContext']);
  const pod = record(spec['securityContext']);
  const user = own['runAsUser'] ?? pod['runAsUser'];
  const probe = (kind: ProbeKind, field: string): ProbeSpec[] =>
    raw[field] === undefined ? [] : [parseProbe(kind, record(raw[field]))];
  return {
    name: text(raw['name']) ?? '',
    image: text(raw['image']) ?? '',
    pullPolicy: text(raw['imagePullPolicy']) ?? 'IfNotPresent',
    role,
    command: texts(raw['command']),
    args: texts(raw['args']),
    ports: records(raw['ports']).map((port) => ({
      name: text(port['name']),
      port: integer(port['containerPort'], 0),
    })),
    probes: [
      ...probe('Startup', 'startupProbe'),
      ...probe('Readiness', 'readinessProbe'),
      ...probe('Liveness', 'livenessProbe'),
    ],
    user: typeof user === 'number' ? user : undefined,
    nonRoot: (own['runAsNonRoot'] ?? pod['runAsNonRoot']) === true,
    graceMs: integer(spec['terminationGracePeriodSeconds'], 30) * 1000,
    raw,
  };
}

function parseProbe(kind: ProbeKind, raw: JsonObject): ProbeSpec {
  return {
    kind,
    check: parseCheck(raw),
    initialDelayMs: integer(raw['initialDelaySeconds'], 0) * 1000,
    periodMs: integer(raw['periodSeconds'], 10) * 1000,
    successThreshold: integer(raw['successThreshold'], 1),
    failureThreshold: integer(raw['failureThreshold'], 3),
  };
}

function parseCheck(raw: JsonObject): ProbeCheck {
  if (raw['exec'] !== undefined) return { kind: 'exec', command: texts(record(raw['exec'])['command']) };
  if (raw['tcpSocket'] !== undefined) return { kind: 'tcp', port: portOf(record(raw['tcpSocket'])) };
  if (raw['grpc'] !== undefined) return { kind: 'grpc' };
  const http = record(raw['httpGet']);
  const path = text(http['path']) ?? '/';
  return {
    kind: 'http',
    port: portOf(http),
    path: path.startsWith('/') ? path : `/${path}`,
    scheme: (text(http['scheme']) ?? 'HTTP').toLowerCase(),
  };
}

function portOf(raw: JsonObject): number | string {
  const port = raw['port'];
  return typeof port === 'number' || typeof port === 'string' ? port : 0;
}
