/**
 * Reading and writing single places of a YAML document without touching the rest: a scalar is changed in place, so its
 * comment and its quotes stay.
 */
import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Pair,
  parseDocument,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import type { Node, ToStringOptions } from 'yaml';
import { INTEGER, KUBERNETES_YAML, TIMESTAMP } from '../../../text/yaml-scalars.ts';
import { FunctionFailure } from './failure.ts';
import { showType } from './show.ts';

export type ScalarValue = string | number | boolean;

/** A document with its root, the place where all paths begin. */
export interface ConfigDocument {
  readonly document: Document.Parsed;
  readonly root: YAMLMap;
}

/** What stands under a key or an index; an alias is followed. */
export function childOf({ document }: ConfigDocument, parent: Node, segment: string): Node | undefined {
  if (isMap(parent)) return follow(document, pairOf(parent, segment)?.value);
  return isSeq(parent) && /^[+-]?\d+$/.test(segment)
    ? follow(document, parent.items[Number(segment)])
    : undefined;
}

/** The node at the end of `segments`, from `start` or the root. */
export function nodeAt(
  doc: ConfigDocument,
  segments: readonly string[],
  start: Node = doc.root,
): Node | undefined {
  let node: Node | undefined = start;
  for (const segment of segments) {
    if (node === undefined) return undefined;
    node = childOf(doc, node, segment);
  }
  return node;
}

/** The children of a mapping or a list with their keys or indices. */
export function childrenOf({ document }: ConfigDocument, parent: Node): [string, Node][] {
  const found: [string, unknown][] = isMap(parent)
    ? parent.items.map((pair) => [keyText(pair), pair.value])
    : isSeq(parent)
      ? parent.items.map((item, index) => [String(index), item])
      : [];
  return found.map(([key, value]) => [key, follow(document, value) ?? new Scalar(null)]);
}

/** The plain value: text, number, boolean, null, array or object. */
export function valueOf({ document }: ConfigDocument, node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  return isScalar(node) ? node.value : (node.toJS(document) as unknown);
}

/** The type that the original's library gives a value; only those that are a DataType are an attribute's. */
export function typeOf(doc: ConfigDocument, node: Node | undefined): string {
  const value = valueOf(doc, node);
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return isInteger(node, value) ? 'int' : 'float64';
  if (typeof value === 'string') return isTime(node, value) ? 'time.Time' : 'string';
  return showType(value);
}

function isInteger(node: Node | undefined, value: number): boolean {
  return Math.abs(value) < 2 ** 63 && (!isScalar(node) || INTEGER.test(node.source ?? '0'));
}

function isTime(node: Node | undefined, value: string): boolean {
  return isScalar(node) && node.type === Scalar.PLAIN && TIMESTAMP.test(value);
}

/** The comments at a value, each line with its `#`. */
export function commentOf(node: Node): string {
  return [node.commentBefore, node.comment]
    .flatMap((comment) => (comment ? comment.split('\n').map((line) => `#${line}`) : []))
    .join('\n');
}

/** Sets the place to a scalar, or to a node. Missing mappings on the way are made. Throws FunctionFailure. */
export function setAt(doc: ConfigDocument, segments: readonly string[], value: ScalarValue | Node): void {
  let node: Node = doc.root;
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    const child = childOf(doc, node, segment);
    if (isMap(node)) {
      node = isLast ? putInMap(node, segment, child, value) : (child ?? addMap(node, segment));
    } else if (isSeq(node)) {
      if (!/^[+-]?\d+$/.test(segment))
        throw new FunctionFailure(
          `invalid array index '${segment}': strconv.Atoi: parsing ${JSON.stringify(segment)}: invalid syntax`,
        );
      if (child === undefined) throw new FunctionFailure('out of bounds');
      if (isLast) node.items[Number(segment)] = replaced(child, value);
      node = child;
    } else throw new FunctionFailure(`unexpected node kind 8 at path segment '${segment}'`);
  }
}

/** Takes a key of a mapping or an element of a list away. What is not there is no failure. */
export function deleteAt(doc: ConfigDocument, segments: readonly string[]): void {
  const last = segments.at(-1);
  const parent = nodeAt(doc, segments.slice(0, -1));
  if (last === undefined || parent === undefined) return;
  if (isMap(parent)) parent.items = parent.items.filter((pair) => keyText(pair) !== last);
  else if (isSeq(parent)) parent.items.splice(Number(last), 1);
}

/** A node for a plain value, in block style. */
export function createNode({ document }: ConfigDocument, value: unknown): Node {
  return document.createNode(value);
}

/** The text of a node by itself, as mutations show it; `options` add to the hub's style. */
export function renderNode(
  { document }: ConfigDocument,
  node: Node,
  options: ToStringOptions = { indentSeq: false },
): string {
  const alone = new Document(null, { schema: 'core' });
  alone.schema = document.schema;
  alone.contents = node;
  if (node === document.contents) {
    alone.commentBefore = document.commentBefore;
    alone.comment = document.comment;
  }
  return alone.toString({ lineWidth: 0, flowCollectionPadding: false, verifyAliasOrder: false, ...options });
}

function putInMap(map: YAMLMap, key: string, child: Node | undefined, value: ScalarValue | Node): Node {
  const node = child === undefined ? asNode(value) : replaced(child, value);
  const pair = pairOf(map, key);
  if (pair === undefined) map.items.push(new Pair(new Scalar(key), node));
  else if (node !== child) pair.value = node;
  return node;
}

/** A scalar keeps its node, with comment and quotes; its notation (hexadecimal and such) goes with the old value. */
function replaced(child: Node, value: ScalarValue | Node): Node {
  if (typeof value === 'object') return value;
  if (!isScalar(child)) return asNode(value);
  child.value = value;
  delete child.source;
  delete child.format;
  delete child.tag;
  delete child.minFractionDigits;
  if (typeof value !== 'string') child.type = Scalar.PLAIN;
  return child;
}

function asNode(value: ScalarValue | Node): Node {
  if (typeof value === 'object') return value;
  const scalar = new Scalar(value);
  if (typeof value === 'string' && isMoreThanText(value)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** In a new entry of a mapping, and only there, the original quotes what Kubernetes would not read as a text by itself. */
function isMoreThanText(value: string): boolean {
  if (value === '' || value.includes('\n')) return false;
  const { contents, errors } = parseDocument(value, { logLevel: 'silent', ...KUBERNETES_YAML });
  return errors.length === 0 && !(isScalar(contents) && typeof contents.value === 'string');
}

function addMap(parent: YAMLMap, key: string): YAMLMap {
  const map = new YAMLMap();
  parent.items.push(new Pair(new Scalar(key), map));
  return map;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyText(pair) === key);
}

function keyText({ key }: Pair): string {
  return String(isScalar(key) ? (key.source ?? key.value) : key);
}

function follow(document: Document, value: unknown): Node | undefined {
  if (value === null || value === undefined) return undefined;
  return isAlias(value) ? value.resolve(document) : (value as Node);
}

/** An empty list. */
export function createList(): YAMLSeq {
  return new YAMLSeq();
}
