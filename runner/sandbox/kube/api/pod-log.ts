/** `pods/log`: what a container wrote, once or as it comes. */
import type { HttpResponse, StreamWriter } from '../../http/http.ts';
import { badRequest, notFound } from '../errors.ts';
import type { JsonObject, LogLine } from '../kube.ts';
import { asJson, readObject, readObjects, readText } from '../objects/fields.ts';
import { readFlag, type ResourceRequest } from './request.ts';
import { respondText } from './respond.ts';
import type { ApiServer } from './server.ts';

interface LogOptions {
  readonly container: string;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines: number | undefined;
  readonly limitBytes: number | undefined;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** GET of a pod's log. Throws ApiError. */
export function getPodLog(server: ApiServer, request: ResourceRequest): HttpResponse {
  const { namespace = '', name, resource, http } = request;
  const held = server.core.objects.get(resource, namespace, name);
  if (held === undefined) throw notFound(resource, name);
  const pod = asJson(held);
  const options = readOptions(server, pod, http.query);
  // Without a node there is nobody to ask (LogLocation of registry/core/pod).
  if (readText(pod, 'spec', 'nodeName') === '') return respondText(200, '');
  const lines = server.nodes().logs(namespace, name, options.container, options.previous);
  if (lines === undefined) throw noLog(pod, name, options);
  const text = printLines(lines, options);
  if (!readFlag(http.query, 'follow') || options.previous) return respondText(200, text);
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: { start: (writer) => follow(server, { namespace, name, options, text }, writer) },
  };
}

interface Follow {
  readonly namespace: string;
  readonly name: string;
  readonly options: LogOptions;
  readonly text: string;
}

function follow(server: ApiServer, { namespace, name, options, text }: Follow, writer: StreamWriter): void {
  if (text !== '') writer.write(text);
  const stop = server.nodes().followLogs(
    namespace,
    name,
    options.container,
    (line) => writer.write(printLine(line, options)),
    () => writer.end(),
  );
  if (writer.signal.aborted) stop();
  else writer.signal.addEventListener('abort', stop, { once: true });
}

function readOptions(server: ApiServer, pod: JsonObject, query: URLSearchParams): LogOptions {
  const seconds = readCount(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const since =
    seconds === undefined ? Date.parse(sinceTime ?? '') : server.core.clock.now() - seconds * 1000;
  return {
    container: chooseContainer(pod, query.get('container') ?? ''),
    previous: readFlag(query, 'previous'),
    timestamps: readFlag(query, 'timestamps'),
    tailLines: readCount(query, 'tailLines'),
    limitBytes: readCount(query, 'limitBytes'),
    since: Number.isNaN(since) ? 0 : since,
  };
}

function readCount(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`invalid ${name}: ${JSON.stringify(text)}`);
  return Number(text);
}

/** The container that is meant: the one that is named, or the only one. Throws ApiError 400. */
export function chooseContainer(pod: JsonObject, wanted: string): string {
  const named = (field: string): string[] =>
    readObjects(pod, 'spec', field).map((container) => readText(container, 'name'));
  const containers = named('containers');
  const initContainers = named('initContainers');
  const podName = readText(pod, 'metadata', 'name');
  if (wanted !== '') {
    if ([...containers, ...initContainers].includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${podName}`);
  }
  const [only] = containers;
  if (only !== undefined && containers.length === 1) return only;
  const choices = `choose one of: [${containers.join(' ')}]`;
  const inits =
    initContainers.length === 0 ? '' : ` or one of the init containers: [${initContainers.join(' ')}]`;
  throw badRequest(`a container name must be specified for pod ${podName}, ${choices}${inits}`);
}

/** The kubelet's words for a container without a log. */
function noLog(pod: JsonObject, podName: string, options: LogOptions): Error {
  const { container, previous } = options;
  const status = [
    ...readObjects(pod, 'status', 'containerStatuses'),
    ...readObjects(pod, 'status', 'initContainerStatuses'),
  ].find((candidate) => readText(candidate, 'name') === container);
  if (previous) {
    return badRequest(
      `previous terminated container ${JSON.stringify(container)} in pod ${JSON.stringify(podName)} not found`,
    );
  }
  const reason = readText(readObject(status, 'state', 'waiting'), 'reason') || 'ContainerCreating';
  const tried = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName'].includes(reason);
  const why = tried ? `trying and failing to pull image` : reason;
  return badRequest(
    `container ${JSON.stringify(container)} in pod ${JSON.stringify(podName)} is waiting to start: ${why}`,
  );
}

function printLines(lines: readonly LogLine[], options: LogOptions): string {
  const recent = lines.filter(({ at }) => at >= options.since);
  const tail =
    options.tailLines === undefined
      ? recent
      : recent.slice(recent.length - Math.min(options.tailLines, recent.length));
  const text = tail.map((line) => printLine(line, options)).join('');
  return options.limitBytes === undefined ? text : text.slice(0, options.limitBytes);
}

function printLine({ at, text }: LogLine, { timestamps }: LogOptions): string {
  return timestamps ? `${new Date(at).toISOString().replace('Z', '000000Z')} ${text}\n` : `${text}\n`;
}
