/**
 * `kubectl exec` of what the image catalogue can vouch for. Nothing runs inside images here, so a command whose outcome
 * nobody knows is refused by name, never answered with a guess.
 */
import type { UpgradeHandler, UpgradedConnection } from '../../http/http.ts';
import { chooseContainer } from '../api/pod-log.ts';
import type { ResourceRequest } from '../api/request.ts';
import type { ApiServer } from '../api/server.ts';
import { IMAGES } from '../catalogue/data/images.ts';
import { findImage } from '../catalogue/find-image.ts';
import { badRequest, notFound, notImplemented } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { asJson, readObjects, readText } from '../objects/fields.ts';
import { acceptHeaders, sendBytes, sendClose } from './web-socket.ts';

const protocol = 'v5.channel.k8s.io';
const channels = { output: 1, status: 3 } as const;

interface Result {
  readonly code: number;
  readonly output: string;
}

/** Answers an upgrade to `pods/exec`. Throws ApiError. */
export async function serveExec(
  server: ApiServer,
  request: ResourceRequest,
): Promise<Awaited<ReturnType<UpgradeHandler>>> {
  const result = runCommand(server, request);
  const { headers } = request.http;
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  if (!offered.includes(protocol)) {
    throw notImplemented('exec over SPDY, which kubectl before 1.31 speaks: take a newer kubectl');
  }
  return {
    headers: await acceptHeaders(headers['sec-websocket-key'] ?? '', protocol),
    accept: (connection) => tell(connection, result, request.http.query.get('stdout') === 'true'),
  };
}

function runCommand(server: ApiServer, { resource, namespace = '', name, http }: ResourceRequest): Result {
  const pod = server.core.objects.get(resource, namespace, name);
  if (pod === undefined) throw notFound(resource, name);
  const container = chooseContainer(asJson(pod), http.query.get('container') ?? '');
  if (readText(asJson(pod), 'spec', 'nodeName') === '') {
    throw badRequest(`pod ${name} does not have a host assigned`);
  }
  const command = http.query.getAll('command');
  const isKnown = hasPrograms(asJson(pod), container) && isCertain(command);
  const result = isKnown ? server.nodes().exec(namespace, name, container, command) : undefined;
  if (result === undefined || (isLook(command) && result.code !== 0)) {
    const words = command.map((word) => JSON.stringify(word)).join(' ');
    throw notImplemented(`running ${words}: nothing runs inside images, and its catalogue does not know`);
  }
  return result;
}

const alwaysThere = new Set(['true', 'false', 'echo', 'cat', 'test']);

/** The catalogue's servers and shells are built on images with the usual programs; `pause` has nothing but itself. */
function hasPrograms(pod: JsonObject, container: string): boolean {
  const named = readObjects(pod, 'spec', 'containers').find((one) => one['name'] === container);
  const found = findImage(IMAGES, readText(named, 'image'));
  return found.kind === 'found' && ['server', 'shell'].includes(found.found.image.process.kind);
}

/** A program that each of them has, or a line of shell without anything that a shell would expand. */
function isCertain(command: readonly string[]): boolean {
  const [program = '', option, script = '', ...more] = command;
  const isShell = /^(?:\/bin\/)?(?:a|ba)?sh$/v.test(program) && option === '-c' && more.length === 0;
  if (!isShell) return alwaysThere.has(program);
  const [first = ''] = script.split(' ');
  return /^[\w.\/:=@%+, \-]+$/v.test(script) && (alwaysThere.has(first) || first === 'exit');
}

/** What is known of files is only which ones the process itself made. */
function isLook(command: readonly string[]): boolean {
  const [word = ''] =
    (command.length === 3 && command[1] === '-c' ? command[2] : command[0])?.split(' ') ?? [];
  return word === 'cat' || word === 'test';
}

function tell(connection: UpgradedConnection, { code, output }: Result, wantsOutput: boolean): void {
  // What the client types goes nowhere: no known command reads.
  connection.onData(() => undefined);
  const send = (channel: number, text: string): void =>
    sendBytes(connection, Uint8Array.from([channel, ...new TextEncoder().encode(text)]));
  if (wantsOutput && output !== '') send(channels.output, output);
  send(channels.status, JSON.stringify(statusOf(code)));
  sendClose(connection);
}

/** How the command ended, as the kubelet says it. */
function statusOf(code: number): JsonObject {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
