/**
 * The manifests of the tutorial fit the images that they name: a port nobody listens on, a probe that gets no answer or a
 * misspelled variable shows here. Each field that matters is changed once, and must be missed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { IMAGES } from '../../../../../runner/sandbox/kube/catalogue/data/images.ts';

const FOLDER = new URL('../../../../../k8s/traderx/', import.meta.url);
const read = (service: string): string => readFileSync(new URL(`${service}.yaml`, FOLDER), 'utf8');

/** What the course changes and the application does not read. */
const OF_THE_COURSE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'reference-data': {},
  'trade-service': { TRADING_ALGORITHM: 'v1', CIRCUIT_BREAKER: 'false' },
};

interface Manifest {
  metadata: { name: string; namespace: string };
  spec: Record<string, unknown>;
}

interface Container {
  name: string;
  image: string;
  ports: readonly { name: string; containerPort: number }[];
  env: readonly { name: string; value: unknown }[];
  readinessProbe: { httpGet: { path: string; port: string } };
  livenessProbe: Record<string, { path?: string; port: string }>;
}

/** What a Deployment and its Service are, as far as it matters; paths of the Kubernetes API in one flat value. */
function describeManifest(text: string): Readonly<Record<string, unknown>> {
  const [deployment, service] = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  if (deployment === undefined || service === undefined) throw new Error('Deployment and Service are needed');
  const spec = deployment.spec as {
    replicas: number;
    selector: { matchLabels: object };
    template: { metadata: { labels: object }; spec: Record<string, unknown> };
  };
  const pod = spec.template.spec;
  const [container] = pod['containers'] as readonly (Container & Record<string, unknown>)[];
  if (container === undefined) throw new Error('the Deployment has no container');
  const ports = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
  return {
    names: [deployment.metadata.name, container.name, service.metadata.name],
    namespaces: [deployment.metadata.namespace, service.metadata.namespace],
    replicas: spec.replicas,
    labels: [spec.selector.matchLabels, spec.template.metadata.labels, service.spec['selector']],
    ...describeProcess(container, ports),
    servicePorts: (service.spec['ports'] as readonly { port: number; targetPort: string }[]).map(
      ({ port, targetPort }) => [port, ports[targetPort]],
    ),
    serviceLinks: pod['enableServiceLinks'],
    podSecurity: pod['securityContext'],
    containerSecurity: container['securityContext'],
    resources: Object.entries(container['resources'] as object).flatMap(([kind, amounts]) =>
      Object.keys(amounts as object).map((name) => `${kind}.${name}`),
    ),
  };
}

/** What the image does with the port, the variables and the probes that the container has. */
function describeProcess(container: Container, ports: Readonly<Record<string, number>>): object {
  const cut = container.image.lastIndexOf(':');
  const image = IMAGES.find(({ repository }) => repository === container.image.slice(0, cut));
  const server = image?.process.kind === 'server' ? image.process : undefined;
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  const known = server?.variables.map(({ name }) => name) ?? [];
  const [listener] = server?.listeners ?? [];
  const variable = server?.variables.find(({ name }) => name === listener?.port);
  const { path, port } = container.readinessProbe.httpGet;
  return {
    tagged: Object.hasOwn(image?.tags ?? {}, container.image.slice(cut + 1)),
    listens: Number(env[variable?.name ?? ''] ?? variable?.otherwise),
    ready: [ports[port], listener?.paths[path]?.status],
    alive: Object.values(container.livenessProbe)
      .filter((probe) => typeof probe === 'object')
      .map((probe) => ports[probe.port]),
    read: Object.fromEntries(Object.entries(env).filter(([name]) => known.includes(name))),
    course: Object.fromEntries(Object.entries(env).filter(([name]) => !known.includes(name))),
  };
}

/** The same of a manifest that works. */
function describeGood(name: string, port: number, variables: Readonly<Record<string, string>>): object {
  return {
    names: [name, name, name],
    namespaces: ['traderx', 'traderx'],
    replicas: 1,
    labels: [{ app: name }, { app: name }, { app: name }],
    tagged: true,
    listens: port,
    ready: [port, 200],
    alive: [port],
    read: variables,
    course: OF_THE_COURSE[name],
    servicePorts: [[port, port]],
    serviceLinks: false,
    podSecurity: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containerSecurity: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    resources: ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'],
  };
}

const SERVICES = [
  ['reference-data', 18_085, { REFERENCE_DATA_SERVICE_PORT: '18085' }],
  ['trade-service', 18_092, { REFERENCE_DATA_HOST: 'reference-data' }],
] as const;

/** Text of both manifests that must not be otherwise; each is changed wherever it stands alone. */
const FIELDS: readonly (readonly [from: string | RegExp, to: string])[] = [
  [/image: (\S+):v1/, 'image: $1:v9'],
  [/image: ghcr.io\/finos\//, 'image: '],
  [/containerPort: \d+/, 'containerPort: 8080'],
  ['replicas: 1', 'replicas: 2'],
  ['namespace: traderx', 'namespace: default'],
  [/(---[^]*)namespace: traderx/, '$1namespace: default'],
  [/env:\n +- name: \w+/, 'env:\n            - name: OTHER'],
  [/path: \/\S+/, 'path: /nowhere'],
  [/ port: 18\d+/, ' port: 80'],
  ['targetPort: http', 'targetPort: web'],
  ['enableServiceLinks: false', 'enableServiceLinks: true'],
  ['runAsNonRoot: true', 'runAsNonRoot: false'],
  ['allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true'],
  [/requests:\n +cpu: \S+\n/, 'requests:\n'],
  [/( +)limits:\n.*\n.*memory: \S+\n/, '$1limits:\n$1  cpu: 1\n'],
  [/(matchLabels:\n +app): \S+/, '$1: other'],
  [/(selector:\n +app): \S+/, '$1: other'],
];

describe.each(SERVICES)('%s', (name, port, variables) => {
  test('fits its image', () => {
    expect(describeManifest(read(name))).toEqual(describeGood(name, port, variables));
  });

  test.each(FIELDS)('does not with %s as %s', (from, to) => {
    const text = read(name);
    const other = text.replace(from, to);
    expect(other).not.toBe(text);
    expect(describeManifest(other)).not.toEqual(describeGood(name, port, variables));
  });
});

test.each(['TRADING_ALGORITHM', 'CIRCUIT_BREAKER'])('the course needs %s in the base', (variable) => {
  const [, [name, port, variables]] = SERVICES;
  const other = read(name).replace(variable, 'OTHER');
  expect(describeManifest(other)).not.toEqual(describeGood(name, port, variables));
});
