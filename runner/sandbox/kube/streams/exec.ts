/**
 * `kubectl exec` of what the image catalogue can vouch for. Nothing runs inside images here, so a command whose outcome
 * nobody knows is refused by name, never answered with a guess.
 */
import type { ResourceRequest } from '../api/request.ts';
import type { ApiServer } from '../api/server.ts';
import { IMAGES } from '../catalogue/data/images.ts';
import { findImage } from '../catalogue/find-image.ts';
import { notImplemented } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObjects, readText } from '../objects/fields.ts';
import { findContainer, type NamedContainer } from './container.ts';
import { upgradeToCommand } from './remote-command.ts';
import type { Command, UpgradeAnswer } from './streams.ts';

interface Result {
  readonly code: number;
  readonly output: string;
}

/** Answers an upgrade to `pods/exec`. Throws ApiError. */
export async function serveExec(server: ApiServer, request: ResourceRequest): Promise<UpgradeAnswer> {
  const named = findContainer(server, request);
  if (!named.isRunning) {
    return await upgradeToCommand(request.http, nothing, `container not found ("${named.container}")`);
  }
  const { code, output } = runCommand(server, named, request.http.query.getAll('command'));
  return await upgradeToCommand(request.http, {
    start: (streams) => {
      if (output !== '') streams.write(output);
      streams.end(statusOf(code));
    },
    stop: () => undefined,
  });
}

const nothing: Command = { start: () => undefined, stop: () => undefined };

function runCommand(server: ApiServer, named: NamedContainer, command: readonly string[]): Result {
  const { pod, namespace, podName, container } = named;
  const isKnown = hasPrograms(pod, container) && isCertain(command);
  const result = isKnown ? server.nodes().exec(namespace, podName, container, command) : undefined;
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
