/** Label and field selectors of lists and watches. */
import { badRequest } from '../errors.ts';
import type { BodyKind } from '../custom/custom.ts';
import type { KubeObject } from '../kube.ts';
import { coreEventField } from '../objects/event-names.ts';
import { asJson, readPath, readText } from '../objects/fields.ts';
import { parseLabelSelector, readInteger, type Requirement } from './parse-label-selector.ts';

export type ObjectFilter = (object: KubeObject) => boolean;

const alwaysSelectable = ['metadata.name', 'metadata.namespace'];

/** Fields that a kind can be selected by, besides name and namespace (conversion.go of each API group). */
const selectable: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  Job: ['status.successful'],
};

/** False where an object does not say. */
const booleans = new Set(['spec.hostNetwork', 'spec.unschedulable']);

/** The filter that a request's selectors ask for. Throws ApiError 400. */
export function readSelectors(kind: BodyKind, query: URLSearchParams): ObjectFilter {
  const labels = labelFilter(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(kind, query.get('fieldSelector') ?? '');
  return (object) => labels(object) && fields(object);
}

function labelFilter(text: string): ObjectFilter {
  const requirements = parseLabelSelector(text);
  return ({ metadata }) => requirements.every((requirement) => matches(requirement, metadata.labels ?? {}));
}

function matches(requirement: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const { key, operator, values } = requirement;
  const held = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
      return held !== undefined && values.includes(held);
    case 'notin':
      return held === undefined || !values.includes(held);
    case 'exists':
      return held !== undefined;
    case 'absent':
      return held === undefined;
    case 'gt':
      return compare(held, values[0], (one, other) => one > other);
    case 'lt':
      return compare(held, values[0], (one, other) => one < other);
  }
}

function compare(
  held: string | undefined,
  wanted: string | undefined,
  holds: (one: bigint, other: bigint) => boolean,
): boolean {
  const [one, other] = [readInteger(held ?? ''), readInteger(wanted ?? '')];
  return one !== undefined && other !== undefined && holds(one, other);
}

function parseFieldSelector(kind: BodyKind, text: string): ObjectFilter {
  const own = kind.schema === undefined ? selectable[kind.kind] : undefined;
  const allowed = [...alwaysSelectable, ...(own ?? [])];
  const tests = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(part);
      if (match === null) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
      const [, named = '', sign, value = ''] = match;
      const field = kind.group === 'events.k8s.io' ? coreEventField(named) : named;
      if (field === undefined || !allowed.includes(field)) throw unsupportedField(kind, named);
      return { field, value, equal: sign !== '!=' };
    });
  return (object) => tests.every(({ field, value, equal }) => (fieldText(object, field) === value) === equal);
}

function unsupportedField({ kind, schema }: BodyKind, field: string): Error {
  if (schema !== undefined) return badRequest(`field label not supported: ${field}`);
  if (kind === 'Job') return badRequest(`field label "${field}" not supported for Job`);
  if (Object.hasOwn(selectable, kind)) return badRequest(`field label not supported: ${field}`);
  const known = alwaysSelectable.map((name) => JSON.stringify(name)).join(', ');
  return badRequest(`${JSON.stringify(field)} is not a known field selector: only ${known}`);
}

function fieldText(object: KubeObject, field: string): string {
  if (field === 'source') return textOf(readPath(asJson(object), 'source', 'component'));
  if (field === 'status.successful') return textOf(readPath(asJson(object), 'status', 'succeeded') ?? 0);
  if (field === 'status.podIP') return readText(asJson(object), 'status', 'podIPs', 0, 'ip');
  return textOf(readPath(asJson(object), ...field.split('.')) ?? (booleans.has(field) ? false : undefined));
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
