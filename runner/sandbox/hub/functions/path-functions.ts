/** Functions that get or set what is registered under one attribute name, and those that take a path from the user. */
import { getAttributes, setAttributes } from './attributes.ts';
import type { DataType } from './attributes.ts';
import { FunctionFailure } from './failure.ts';
import type { AttributeValue } from './functions.ts';
import type { FunctionCall, Implementation } from './implementation.ts';
import type { ConfigDocument } from './nodes.ts';
import { textArgument } from './read-arguments.ts';
import { pathOfUser, pathsOf } from './registered-paths.ts';
import { describeBadJson } from './show.ts';
import { signatureOf } from './signature.ts';
import { visitPaths } from './visit.ts';

/** These make the place if it is not there; the others only change what is. */
const UPSERTING: readonly string[] = ['set-annotation', 'set-label'];

/** `set-replicas`, `set-image`, …: the last argument is the value, those before it fill the path. */
export function setRegistered({ signature, documents, arguments: given }: FunctionCall): void {
  const keys = given.slice(0, -1).map(({ value }) => String(value));
  const upsert = UPSERTING.includes(signature.FunctionName);
  setAttributes(
    documents,
    { paths: pathsOf(signature.AttributeName ?? ''), keys, upsert },
    given.at(-1)?.value ?? '',
  );
}

/** `get-replicas`, `get-image`, …: all arguments fill the path. */
export function getRegistered({ signature, documents, arguments: given }: FunctionCall): AttributeValue[] {
  const setter = signatureOf(signature.FunctionName.replace(/^get-/, 'set-'));
  const type = setter?.Parameters?.at(-1)?.DataType === 'int' ? 'int' : 'string';
  const keys = given.map(({ value }) => String(value));
  return getAttributes(documents, { paths: pathsOf(signature.AttributeName ?? ''), keys }, { type });
}

/** `get-string-path`, `get-int-path`, `get-bool-path`: resource type and path. */
export function getPath(type: DataType): Implementation {
  return (call) => getUserPath(call.documents, textArgument(call, 0), textArgument(call, 1), type);
}

/** `set-string-path`, `set-int-path`, `set-bool-path`: resource type, path and value. Makes what is missing. */
export function setPath(call: FunctionCall): void {
  const value = call.arguments[2]?.value ?? '';
  setUserPath(call.documents, textArgument(call, 0), textArgument(call, 1), value, true);
}

/** `set-path-comment`: the comment at the end of the line. */
export function setPathComment(call: FunctionCall): void {
  const paths = pathOfUser(textArgument(call, 0), textArgument(call, 1));
  const comment = textArgument(call, 2);
  visitPaths(call.documents, { paths }, ({ node }) => {
    if (node !== undefined)
      node.comment = comment === '' ? null : comment.replace(/^#|^/, (hash) => (hash === '#' ? '' : ' '));
  });
}

/** `set-attributes`: a list as getters return it, as JSON text. */
export function setAttributeList(call: FunctionCall): void {
  const list = readJson(textArgument(call, 0));
  if (!Array.isArray(list)) throw new FunctionFailure('the attribute list must be a JSON array');
  for (const attribute of list as readonly Partial<AttributeValue>[]) {
    const { ResourceType = '', Path = '', DataType: type = '', Value: value, AttributeName = '' } = attribute;
    if (!['string', 'int', 'bool'].includes(type)) throw new FunctionFailure(`unsupported data type ${type}`);
    if (typeof value !== { string: 'string', int: 'number', bool: 'boolean' }[type])
      throw new FunctionFailure(
        `value of attribute ${AttributeName} is not ${type}: ${JSON.stringify(value)}`,
      );
    const rounded = typeof value === 'number' ? Math.round(value) : (value as string | boolean);
    setUserPath(call.documents, ResourceType, Path, rounded, false);
  }
}

/** The values of one type at a path of the user's. */
export function getUserPath(
  documents: readonly ConfigDocument[],
  resourceType: string,
  path: string,
  type: DataType,
): AttributeValue[] {
  return getAttributes(documents, { paths: pathOfUser(resourceType, path) }, { type });
}

/** Sets a path of the user's. */
export function setUserPath(
  documents: readonly ConfigDocument[],
  resourceType: string,
  path: string,
  value: string | number | boolean,
  upsert: boolean,
): void {
  setAttributes(documents, { paths: pathOfUser(resourceType, path), upsert }, value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FunctionFailure(describeBadJson(text));
  }
}
