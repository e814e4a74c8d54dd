/** Functions about containers that are more than one registered value: environment, resources, images by repository. */
import { isMap, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { extractPart } from './accessor.ts';
import { updateAttributes } from './attributes.ts';
import { FunctionFailure } from './failure.ts';
import type { FunctionCall } from './implementation.ts';
import { childOf, createList, createNode, nodeAt, setAt, valueOf } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { containerLists } from './pod-specs.ts';
import { multiplyQuantity, parseQuantity } from './quantity.ts';
import type { Quantity } from './quantity.ts';
import { numberArgument, textArgument } from './read-arguments.ts';
import { pathsOf } from './registered-paths.ts';
import { visitPaths } from './visit.ts';

/** `set-image-reference-by-uri`: every image of a repository. */
export function setReferenceByUri(call: FunctionCall): void {
  const uri = textArgument(call, 0);
  updateAttributes(call.documents, { paths: pathsOf('container-images') }, 'string', (current) =>
    extractPart('image', String(current), 'uri') === uri ? uri + textArgument(call, 1) : current,
  );
}

/** `set-env`: `NAME=value …`; upserts, and an empty value removes. */
export function setEnvironment(call: FunctionCall): void {
  const name = textArgument(call, 0);
  const pairs = call.arguments.slice(1).map(({ value }) => splitPair(String(value)));
  for (const doc of call.documents)
    for (const path of containerLists(doc))
      for (const container of containersNamed(doc, nodeAt(doc, path), name))
        putVariables(doc, container, pairs);
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** A name that is given twice has the last value; if it is new, the list gets it twice, as from the original. */
function putVariables(
  doc: ConfigDocument,
  container: YAMLMap,
  pairs: readonly (readonly [string, string])[],
): void {
  const values = new Map(pairs);
  const found = childOf(doc, container, 'env');
  const list = isSeq(found) ? found : createList();
  if (list !== found) container.set('env', list);
  const known = new Set(pairs.map(([name]) => name).filter((name) => elementNamed(doc, list, name)));
  for (const [name] of pairs) {
    const value = values.get(name) ?? '';
    const element = elementNamed(doc, list, name);
    if (value === '') list.items = list.items.filter((item) => item !== element);
    else if (element === undefined || !known.has(name)) list.add(createNode(doc, { name, value }));
    else setAt({ ...doc, root: element }, ['value'], value);
  }
}

/** `*` is all of them. */
function containersNamed(doc: ConfigDocument, list: Node | undefined, name: string): YAMLMap[] {
  if (name === '*') return isSeq(list) ? list.items.filter((item) => isMap(item)) : [];
  const found = elementNamed(doc, list, name);
  return found === undefined ? [] : [found];
}

function elementNamed(doc: ConfigDocument, list: Node | undefined, name: string): YAMLMap | undefined {
  if (!isSeq(list)) return undefined;
  return list.items.find(
    (item): item is YAMLMap => isMap(item) && valueOf(doc, childOf(doc, item, 'name')) === name,
  );
}

/** What `set-container-resources` is to write: requests, limits, and when. */
interface Amounts {
  readonly operation: string;
  readonly requests: readonly (readonly [string, Quantity, string])[];
  readonly factor: number;
}

/** `set-container-resources`: only where the container has `resources`, even if empty. */
export function setContainerResources(call: FunctionCall): void {
  const amounts: Amounts = {
    operation: textArgument(call, 1),
    requests: [...readAmount('cpu', textArgument(call, 2)), ...readAmount('memory', textArgument(call, 3))],
    factor: numberArgument(call, 4),
  };
  if (amounts.requests.length === 0) throw new FunctionFailure('must specify at least one of cpu and memory');
  const tour = { paths: pathsOf('container-resources'), keys: [textArgument(call, 0)] };
  visitPaths(call.documents, tour, ({ doc, node }) => {
    if (isMap(node)) putResources({ ...doc, root: node }, amounts);
  });
}

/** Writes requests and limits into a `resources` mapping, the root of `resources`. */
export function putResources(resources: ConfigDocument, { operation, requests, factor }: Amounts): void {
  for (const [name, quantity, text] of requests)
    putQuantity(resources, ['requests', name], operation, quantity, text);
  if (factor === 0) resources.root.delete('limits');
  else
    for (const [name, quantity] of requests) {
      const limit = multiplyQuantity(quantity, factor);
      const parsed = parseQuantity(limit);
      if (parsed !== undefined) putQuantity(resources, ['limits', name], operation, parsed, limit);
    }
}

/** A quantity argument as name, amount and text; none if it is empty. Throws FunctionFailure. */
export function readAmount(name: string, text: string): [string, Quantity, string][] {
  if (text === '') return [];
  const quantity = parseQuantity(text);
  if (quantity !== undefined) return [[name, quantity, text]];
  throw new FunctionFailure(
    `invalid ${name} ${text}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
  );
}

/** `all` writes always, `cap` only lowers, `floor` only raises. */
function putQuantity(
  resources: ConfigDocument,
  path: readonly string[],
  operation: string,
  quantity: Quantity,
  text: string,
): void {
  const node = nodeAt(resources, path);
  const current = valueOf(resources, node);
  const before = typeof current === 'string' ? parseQuantity(current) : undefined;
  const keeps =
    before !== undefined &&
    ((operation === 'cap' && before.nano < quantity.nano) ||
      (operation === 'floor' && before.nano > quantity.nano));
  if (!keeps && current !== text) setAt(resources, path, text);
}
