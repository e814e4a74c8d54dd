/** Getting and setting attributes at registered paths: what most functions come down to. */
import { extractPart, replacePart } from './accessor.ts';
import { FunctionFailure } from './failure.ts';
import type { AttributeDetails, AttributeValue, FunctionArgument, FunctionInvocation } from './functions.ts';
import { commentOf, setAt, typeOf, valueOf } from './nodes.ts';
import type { ConfigDocument, ScalarValue } from './nodes.ts';
import { joinPath } from './path.ts';
import { holdsPlaceholder } from './placeholder.ts';
import { showValue } from './show.ts';
import { visitPaths } from './visit.ts';
import type { Tour, Visit } from './visit.ts';

const DATA_TYPES = ['string', 'int', 'bool'] as const;

export type DataType = (typeof DATA_TYPES)[number];

/** Which values to take: of one type (others are a failure), and only those that still are placeholders. */
export interface Wanted {
  readonly type?: DataType;
  readonly placeholdersOnly?: boolean;
}

/** The values at the tour's places, ordered by resource and path. Throws FunctionFailure. */
export function getAttributes(
  documents: readonly ConfigDocument[],
  tour: Tour,
  wanted: Wanted,
): AttributeValue[] {
  const found: AttributeValue[] = [];
  visitPaths(documents, tour, (visit) => {
    const attribute = readAttribute(visit, wanted);
    if (attribute !== undefined) found.push(attribute);
  });
  return found.sort(byPlace);
}

/** Sets a value at the tour's places. Throws FunctionFailure. */
export function setAttributes(documents: readonly ConfigDocument[], tour: Tour, value: ScalarValue): void {
  const type = typeof value === 'number' ? 'int' : typeof value === 'boolean' ? 'bool' : 'string';
  updateAttributes(documents, tour, type, () => value);
}

/** The same with a value that depends on the one before. */
export function updateAttributes(
  documents: readonly ConfigDocument[],
  tour: Tour,
  type: DataType,
  update: (current: ScalarValue, visit: Visit) => ScalarValue,
): void {
  visitPaths(documents, tour, (visit) => {
    const before = currentValue(visit, type);
    const after = updatePart(visit, before, update);
    if (after !== before || tour.upsert === true) setAt(visit.doc, visit.segments, after);
  });
}

/** Orders values as all answers do. */
export function byPlace(a: AttributeValue, b: AttributeValue): number {
  return (
    compare(a.ResourceType, b.ResourceType) ||
    compare(a.ResourceName, b.ResourceName) ||
    compare(a.Path, b.Path)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function readAttribute(visit: Visit, { type, placeholdersOnly }: Wanted): AttributeValue | undefined {
  const { doc, node, registered, part, resource, bindings } = visit;
  if (node === undefined) return undefined;
  const whole = valueOf(doc, node);
  const actual = typeOf(doc, node);
  const dataType = DATA_TYPES.find((one) => one === actual);
  const path = joinPath(visit.segments);
  if (dataType === undefined) throw new FunctionFailure(`type ${actual} not supported`);
  const isPart = typeof whole === 'string' && part !== '' && registered.accessor !== undefined;
  const value = isPart ? extractPart(registered.accessor, whole, part) : whole;
  if (type !== undefined && type !== dataType)
    throw new FunctionFailure(
      `value ${showValue(value)} at path ${path} is of type ${dataType} but expected ${type}`,
    );
  if (placeholdersOnly === true && dataType !== 'bool' && !holdsPlaceholder(value)) return undefined;
  const comment = commentOf(node);
  const details = bindDetails(registered.details, bindings);
  return {
    ...resource,
    Path: isPart ? `${path}#${part}` : path,
    ...(registered.attribute === '' ? {} : { AttributeName: registered.attribute }),
    DataType: dataType,
    ...(details === undefined ? {} : { Info: details }),
    Value: value,
    ...(comment === '' ? {} : { Comment: comment }),
  };
}

/** Getter and setter with what the path's wildcards took as arguments. */
function bindDetails(
  details: AttributeDetails | undefined,
  bindings: readonly FunctionArgument[],
): AttributeDetails | undefined {
  if (details === undefined || bindings.length === 0) return details;
  const bind = (call: FunctionInvocation): FunctionInvocation => ({
    ...call,
    Arguments: [...call.Arguments, ...bindings],
  });
  const { GetterInvocation: getter, SetterInvocations: setters } = details;
  return {
    ...details,
    ...(getter === undefined ? {} : { GetterInvocation: bind(getter) }),
    ...(setters === undefined ? {} : { SetterInvocations: setters.map(bind) }),
  };
}

const EMPTY: Readonly<Record<DataType, ScalarValue>> = { string: '', int: -999_999_999, bool: false };

function currentValue({ doc, node, segments }: Visit, type: DataType): ScalarValue {
  if (node === undefined) return EMPTY[type];
  const value = valueOf(doc, node);
  if (typeOf(doc, node) === type) return value as ScalarValue;
  throw new FunctionFailure(
    `value ${showValue(value)} at path ${joinPath(segments)} cannot be converted to ${type}`,
  );
}

function updatePart(
  visit: Visit,
  before: ScalarValue,
  update: (current: ScalarValue, visit: Visit) => ScalarValue,
): ScalarValue {
  const { part, registered, segments } = visit;
  if (part === '' || registered.accessor === undefined || typeof before !== 'string')
    return update(before, visit);
  const current = extractPart(registered.accessor, before, part);
  if (current === '')
    throw new FunctionFailure(`embedded field ${part} not found at path ${joinPath(segments)}`);
  return replacePart(registered.accessor, before, part, String(update(current, visit)));
}
