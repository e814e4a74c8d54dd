/** What of a workload's containers can be known before they run: image, ports, probes, limits, variables. */
import { suggest } from '../../text/suggest.ts';
import data from '../data/manifests.json' with { type: 'json' };
import type { Fields, Manifest, ManifestFault, Path, Value } from './manifests.ts';
import { fieldsOf, listOf, textAt, valueAt } from './values.ts';

interface KnownImage {
  readonly tags: readonly string[];
  /** Variables that it reads; absent where it may read any. */
  readonly env?: readonly string[];
  readonly listeners?: readonly KnownListener[];
}

interface KnownListener {
  readonly port: number;
  /** The variable that moves it. */
  readonly variable?: string;
  /** All paths that answer well; absent: every path does. */
  readonly paths?: readonly string[];
}

const IMAGES: Readonly<Record<string, KnownImage>> = data.images;
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];

/** Kinds that keep pods running. */
const SERVING = /^apps\/v1\/(?:Deployment|StatefulSet|DaemonSet)$/;

/** Where a kind has its pods' specification. */
export function podSpecPath(kind: string): Path | undefined {
  if (kind === 'v1/Pod') return ['spec'];
  if (kind === 'batch/v1/CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return SERVING.test(kind) || kind === 'batch/v1/Job' ? ['spec', 'template', 'spec'] : undefined;
}

export function* checkContainers({ kind, value }: Manifest): Iterable<ManifestFault> {
  const spec = podSpecPath(kind);
  if (spec === undefined) return;
  for (const [index, one] of listOf(valueAt(value, [...spec, 'containers'])).entries()) {
    const path = [...spec, 'containers', index];
    const container = fieldsOf(one);
    const image = parseImage(textAt(container, ['image']));
    const known =
      image !== undefined && Object.hasOwn(IMAGES, image.repository) ? IMAGES[image.repository] : undefined;
    if (image !== undefined) yield* checkImage(image, known, path);
    if (known?.listeners !== undefined) yield* checkPorts(container, known, path);
    if (known?.env !== undefined) yield* checkVariables(container, known.env, path);
    if (SERVING.test(kind)) yield* checkCare(container, path);
  }
}

interface Image {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly hasDigest: boolean;
}

/** Undefined for placeholders and what is no image. */
function parseImage(text: string): Image | undefined {
  const match = /^(?<path>[a-z0-9.:/_-]+?)(?::(?<tag>\w[\w.-]*))?(?<digest>@sha256:[0-9a-f]+)?$/.exec(text);
  const { path, tag, digest } = match?.groups ?? {};
  if (path === undefined || /placeholder/.test(text)) return undefined;
  const first = path.split('/')[0] ?? '';
  const hasRegistry = path.includes('/') && /[.:]|^localhost$/.test(first);
  const library = path.includes('/') ? '' : 'library/';
  return {
    repository: hasRegistry ? path : `docker.io/${library}${path}`,
    tag,
    hasDigest: digest !== undefined,
  };
}

function* checkImage(image: Image, known: KnownImage | undefined, path: Path): Iterable<ManifestFault> {
  const at = [...path, 'image'];
  const { repository, tag, hasDigest } = image;
  if (hasDigest) return;
  const isMoving = tag === undefined || tag === 'latest';
  if (known === undefined || !(isMoving || known.tags.includes(tag))) {
    const what = known === undefined ? `image \`${repository}\`` : `tag \`${tag}\` of \`${repository}\``;
    yield {
      code: 'manifest:image',
      path: at,
      message: `The simulated cluster knows no ${what}, so its pods end in ImagePullBackOff there.`,
      hint: known === undefined ? suggestImage(repository) : `Its tags are ${known.tags.join(', ')}.`,
    };
  } else if (isMoving) {
    const fixed = known.tags.filter((name) => name !== 'latest');
    yield {
      code: 'manifest:latest',
      path: at,
      message: 'The image has no fixed tag, so tomorrow’s pods may run something else than today’s.',
      hint: fixed.length === 0 ? 'Pin one.' : `Pin one of ${fixed.join(', ')}.`,
    };
  }
}

/** The same name from elsewhere is more likely meant than one that is spelt alike. */
function suggestImage(repository: string): string {
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const known = Object.keys(IMAGES);
  const near = known.find((other) => other.endsWith(`/${name}`)) ?? suggest(repository, known);
  if (near !== undefined) return `Did you mean ${describeImage(near)}?`;
  return `Known are ${known.map(describeImage).join(', ')}.`;
}

function describeImage(repository: string): string {
  const tags = IMAGES[repository]?.tags ?? [];
  return `\`${repository}\` (${tags.join(', ')})`;
}

function* checkPorts(container: Fields, { listeners = [] }: KnownImage, path: Path): Iterable<ManifestFault> {
  const env = listOf(container['env']).map(fieldsOf);
  const actual = listeners.map((listener) => {
    const set = env.find(({ name }) => name === listener.variable && listener.variable !== undefined);
    return { ...listener, port: set === undefined ? listener.port : Number(set['value'] ?? Number.NaN) };
  });
  // A command of its own may listen anywhere, a variable from elsewhere may move the port.
  if (container['command'] !== undefined || actual.some(({ port }) => !Number.isInteger(port))) return;
  const ports = actual.map(({ port }) => port);
  const declared = listOf(container['ports']).map(fieldsOf);
  for (const [index, { containerPort }] of declared.entries()) {
    if (typeof containerPort !== 'number' || ports.includes(containerPort)) continue;
    yield {
      code: 'manifest:port',
      path: [...path, 'ports', index, 'containerPort'],
      message: `Nothing listens on ${containerPort} in this image; it listens on ${ports.join(', ')}.`,
      hint: `Write ${ports.join(' or ')}.`,
    };
  }
  for (const probe of PROBES) {
    const get = fieldsOf(valueAt(container, [probe, 'httpGet']));
    const port = portOf(get['port'], declared);
    const listener = actual.find((one) => one.port === port);
    const target = typeof get['path'] === 'string' ? get['path'] : '/';
    if (port === undefined || listener?.paths === undefined || listener.paths.includes(target)) continue;
    yield {
      code: 'manifest:probe',
      path: [...path, probe, 'httpGet', 'path'],
      message: `The image does not answer \`${target}\`, so the probe fails and the pod never becomes ready.`,
      hint: `It answers ${listener.paths.join(', ')}; a \`tcpSocket\` probe needs no path.`,
    };
  }
}

function portOf(port: Value, declared: readonly Fields[]): number | undefined {
  const found =
    typeof port === 'string' ? declared.find(({ name }) => name === port)?.['containerPort'] : port;
  return typeof found === 'number' ? found : undefined;
}

/** Only what is nearly a name that the image reads: it may read others that nobody listed. */
function* checkVariables(container: Fields, known: readonly string[], path: Path): Iterable<ManifestFault> {
  for (const [index, variable] of listOf(container['env']).entries()) {
    const name = textAt(variable, ['name']);
    const near = known.includes(name) ? undefined : suggest(name, known);
    if (near === undefined) continue;
    yield {
      code: 'manifest:variable',
      path: [...path, 'env', index, 'name'],
      message: `The image does not read \`${name}\`, so the value has no effect.`,
      hint: `Did you mean \`${near}\`?`,
    };
  }
}

function* checkCare(container: Fields, path: Path): Iterable<ManifestFault> {
  if (container['readinessProbe'] === undefined && listOf(container['ports']).length > 0) {
    yield {
      code: 'manifest:no-probe',
      path: [...path, 'name'],
      message:
        'Without a `readinessProbe` the container counts as ready before it answers, and requests fail.',
      hint: 'Add a `readinessProbe` with `httpGet` or `tcpSocket`.',
    };
  }
  if (valueAt(container, ['resources', 'limits']) === undefined) {
    yield {
      code: 'manifest:limits',
      path: [...path, 'name'],
      message: 'Without `resources.limits` one container can take a whole node’s memory from the others.',
      hint: 'Add `resources` with `requests` and `limits`.',
    };
  }
}
