/** Label and field selectors of lists and watches. */
import { badRequest } from '../errors.ts';
import type { GroupVersionKind, KubeObject } from '../kube.ts';
import { coreEventField } from '../objects/event-names.ts';
import { asJson, readPath } from '../objects/fields.ts';

export type ObjectFilter = (object: KubeObject) => boolean;

interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt';
  readonly values: readonly string[];
}

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
  ReplicaSet: ['status.replicas'],
};

/** The filter that a request's selectors ask for. Throws ApiError 400. */
export function readSelectors(kind: GroupVersionKind, query: URLSearchParams): ObjectFilter {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(kind, query.get('fieldSelector') ?? '');
  return (object) => labels(object) && fields(object);
}

function parseLabelSelector(text: string): ObjectFilter {
  const requirements = splitRequirements(text).map((part) => parseRequirement(part));
  return ({ metadata }) => requirements.every((requirement) => matches(requirement, metadata.labels ?? {}));
}

/** Splits at commas that are not inside parentheses. */
function splitRequirements(text: string): string[] {
  if (/\([^)]*$/.test(text)) throw badRequest("unable to parse requirement: found '', expected: ',' or ')'");
  return (text.match(/(?:[^,(]|\([^)]*\)?)+/g) ?? [])
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseRequirement(part: string): Requirement {
  const set = /^([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return { key, operator: operator === 'in' ? 'in' : 'notin', values };
  }
  const comparison = /^([^\s!=<>(),]+)\s*(==|=|!=|<|>)\s*([^\s!=<>(),]*)$/.exec(part);
  if (comparison !== null) {
    const [, key = '', sign = '', value = ''] = comparison;
    const operators = { '=': 'in', '==': 'in', '!=': 'notin', '>': 'gt', '<': 'lt' } as const;
    return { key, operator: operators[sign as keyof typeof operators], values: [value] };
  }
  const presence = /^(!?)\s*([^\s!=<>(),]+)$/.exec(part);
  if (presence === null) {
    const rest = /^[^\s!=<>(),]+\s*(?:==|=|!=)\s*[^\s!=<>(),]*(.)/.exec(part)?.[1] ?? part;
    throw badRequest(`found '${rest}', expected: ',' or 'end of string'`);
  }
  return { key: presence[2] ?? '', operator: presence[1] === '!' ? 'absent' : 'exists', values: [] };
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
      return held !== undefined && Number(held) > Number(values[0]);
    case 'lt':
      return held !== undefined && Number(held) < Number(values[0]);
  }
}

function parseFieldSelector(kind: GroupVersionKind, text: string): ObjectFilter {
  const allowed = [...alwaysSelectable, ...(selectable[kind.kind] ?? [])];
  const tests = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(part);
      if (match === null) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
      const [, named = '', sign, value = ''] = match;
      const field = kind.group === 'events.k8s.io' ? coreEventField(named) : named;
      if (field === undefined || !allowed.includes(field))
        throw badRequest(`field label not supported: ${named}`);
      return { field, value, equal: sign !== '!=' };
    });
  return (object) => tests.every(({ field, value, equal }) => (fieldText(object, field) === value) === equal);
}

function fieldText(object: KubeObject, field: string): string {
  if (field === 'source') return textOf(readPath(asJson(object), 'source', 'component'));
  return textOf(readPath(asJson(object), ...field.split('.')));
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
