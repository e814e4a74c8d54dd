/** Probes and lifecycle hooks: one handler each, and numbers that make sense. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readList, readNumber, readObjects, readPath, readText } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkCount } from './amounts.ts';
import { checkFormat, formats } from './names.ts';
import { checkPort, checkPortNumber } from './ports.ts';
import { forbiddenField, invalidValue, required, unsupported } from './problems.ts';

type Check = (field: string, handler: JsonObject, graceSeconds: number) => FieldProblem[];

/** In the order in which the server looks: the second one found is one too many. */
const handlers: Readonly<Record<string, Check>> = {
  exec: (field, exec) => (readList(exec, 'command').length === 0 ? [required(`${field}.command`)] : []),
  httpGet: checkHttpGet,
  tcpSocket: (field, socket) => checkPort(`${field}.port`, readPath(socket, 'port')),
  grpc: (field, grpc) => checkPortNumber(`${field}.port`, readNumber(grpc, 'port') ?? 0),
  sleep: checkSleep,
};

const schemes = ['HTTP', 'HTTPS'];
const probeNumbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];
const hooks = ['postStart', 'preStop'];

/** What each kind of probe may not say, besides what none may. */
const probes: Readonly<Record<string, (field: string, probe: JsonObject) => FieldProblem[]>> = {
  livenessProbe: checkSingleSuccess,
  readinessProbe: refuseGracePeriod,
  startupProbe: checkSingleSuccess,
};

/** The problems of a container's hooks and probes. */
export function checkHooksAndProbes(
  field: string,
  container: JsonObject,
  graceSeconds: number,
): FieldProblem[] {
  return [
    ...hooks.flatMap((hook) => {
      const handler = readPath(container, 'lifecycle', hook);
      return isObject(handler) ? checkHandler(`${field}.lifecycle.${hook}`, handler, graceSeconds) : [];
    }),
    ...Object.entries(probes).flatMap(([name, checkOwn]) => {
      const probe = readPath(container, name);
      if (!isObject(probe)) return [];
      const at = `${field}.${name}`;
      return [...checkProbe(at, probe, graceSeconds), ...checkOwn(at, probe)];
    }),
  ];
}

/** A container that runs to its end before the others start has none of these. */
export function refuseHooksAndProbes(field: string, container: JsonObject): FieldProblem[] {
  const words = 'may not be set for init containers without restartPolicy=Always';
  return ['lifecycle', ...Object.keys(probes)]
    .filter((name) => isObject(readPath(container, name)))
    .map((name) => forbiddenField(`${field}.${name}`, words));
}

function checkProbe(field: string, probe: JsonObject, graceSeconds: number): FieldProblem[] {
  const grace = readNumber(probe, 'terminationGracePeriodSeconds');
  const graceField = `${field}.terminationGracePeriodSeconds`;
  return [
    ...checkHandler(field, probe, graceSeconds),
    ...probeNumbers.flatMap((name) => checkCount(probe, name, field)),
    ...(grace === undefined || grace > 0 ? [] : [invalidValue(graceField, grace, 'must be greater than 0')]),
  ];
}

function checkSingleSuccess(field: string, probe: JsonObject): FieldProblem[] {
  const threshold = readNumber(probe, 'successThreshold') ?? 1;
  return threshold === 1 ? [] : [invalidValue(`${field}.successThreshold`, threshold, 'must be 1')];
}

function refuseGracePeriod(field: string, probe: JsonObject): FieldProblem[] {
  const grace = readNumber(probe, 'terminationGracePeriodSeconds');
  if (grace === undefined) return [];
  return [
    invalidValue(`${field}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'),
  ];
}

function checkHandler(field: string, holder: JsonObject, graceSeconds: number): FieldProblem[] {
  const found = Object.entries(handlers).filter(([name]) => isObject(holder[name]));
  if (found.length === 0) return [required(field, 'must specify a handler type')];
  return found.flatMap(([name, check], index) => {
    const handler = holder[name];
    const at = `${field}.${name}`;
    if (index > 0) return [forbiddenField(at, 'may not specify more than 1 handler type')];
    return isObject(handler) ? check(at, handler, graceSeconds) : [];
  });
}

function checkHttpGet(field: string, request: JsonObject): FieldProblem[] {
  const scheme = readText(request, 'scheme');
  return [
    ...(readText(request, 'path') === '' ? [required(`${field}.path`)] : []),
    ...checkPort(`${field}.port`, readPath(request, 'port')),
    ...(schemes.includes(scheme) ? [] : [unsupported(`${field}.scheme`, scheme, schemes)]),
    ...readObjects(request, 'httpHeaders').flatMap((header) =>
      checkFormat(`${field}.httpHeaders`, readText(header, 'name'), formats.httpHeader),
    ),
  ];
}

function checkSleep(field: string, sleep: JsonObject, graceSeconds: number): FieldProblem[] {
  const seconds = readNumber(sleep, 'seconds') ?? 0;
  const words = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
  return seconds < 0 || seconds > graceSeconds ? [invalidValue(field, seconds, words)] : [];
}
