/**
 * `yq`, read-only and a small part of it: paths (`.a."b.c"["d"][0][]`), `select(path == literal)`, `length` and pipes.
 * Everything else is refused by name.
 */
import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Scalar } from 'yaml';
import { notImplemented } from '../errors.ts';
import { FunctionFailure } from './failure.ts';
import type { FunctionCall } from './implementation.ts';
import { childOf, childrenOf, createNode, renderNode, valueOf } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { textArgument } from './read-arguments.ts';

const STEP = /^(?:\.?\["([^"]*)"\]|\."([^"]*)"|\.?\[(-?\d+)?\]|\.([A-Za-z_][\w-]*))/;
const SELECT = /^select\((.+?)\s*(==|!=)\s*("[^"]*"|-?\d+|true|false|null)\)$/;

/** The results of all documents, `---` between documents. The length of a document is of none, as in the original. */
export function evaluateYq(call: FunctionCall): { Payload: string } {
  const expression = textArgument(call, 0);
  if (/\[(?![^\]]*\])/.test(expression))
    throw new FunctionFailure('bad expression, could not find matching `]`');
  const stages = expression.split('|').map((stage) => stage.trim());
  const texts = call.documents.map((doc) => {
    const results = stages.reduce<Found[]>(
      (found, stage) => found.flatMap((node) => runStage(doc, node, stage, expression)),
      [doc.root],
    );
    return results.map((node) => render(doc, node)).join('');
  });
  return { Payload: texts.filter((text) => text !== '').join(isOfNone(stages) ? '' : '---\n') };
}

function isOfNone(stages: readonly string[]): boolean {
  const at = stages.indexOf('length');
  return at >= 0 && stages.slice(0, at).every((stage) => stage === '.' || SELECT.test(stage));
}

/** Undefined is null: what is not there. */
type Found = Node | undefined;

function runStage(doc: ConfigDocument, node: Found, stage: string, expression: string): Found[] {
  if (stage === '.') return [node];
  if (stage === 'length') return [createNode(doc, lengthOf(doc, node))];
  const select = SELECT.exec(stage);
  if (select === null) return followPath(doc, node, stage, expression);
  const [, path = '', operator, literal = ''] = select;
  const wanted = JSON.parse(literal) as unknown;
  const values = path === '.' ? [node] : followPath(doc, node, path, expression);
  return values.some((value) => ((valueOf(doc, value) ?? null) === wanted) === (operator === '=='))
    ? [node]
    : [];
}

function followPath(doc: ConfigDocument, node: Found, path: string, expression: string): Found[] {
  let rest = path;
  let found: Found[] = [node];
  while (rest !== '') {
    const step = STEP.exec(rest);
    if (step === null) throw notImplemented(`yq expression ${expression}`);
    const key = step[1] ?? step[2] ?? step[4];
    if (key !== undefined)
      found = found.map((one) => (one && isMap(one) ? childOf(doc, one, key) : undefined));
    else if (step[3] === undefined)
      found = found.flatMap((one) => (one ? childrenOf(doc, one) : []).map(([, child]) => child));
    else found = found.map((one) => elementAt(doc, one, Number(step[3])));
    rest = rest.slice(step[0].length);
  }
  return found;
}

function elementAt(doc: ConfigDocument, node: Found, index: number): Found {
  const size = isSeq(node) ? node.items.length : 0;
  const at = index < 0 ? size + index : index;
  if (at < 0) throw new FunctionFailure(`index [${index}] out of range, array size is ${size}`);
  return isSeq(node) ? childOf(doc, node, String(at)) : undefined;
}

function lengthOf(doc: ConfigDocument, node: Found): number {
  if (node === undefined) return 0;
  if (!isScalar(node)) return childrenOf(doc, node).length;
  return valueOf(doc, node) === null ? 0 : Buffer.byteLength(scalarText(node));
}

/** A scalar as its bare text; a mapping or a list as YAML with lists indented, as yq writes it. */
function render(doc: ConfigDocument, node: Found): string {
  if (node === undefined) return 'null\n';
  return isScalar(node) ? `${scalarText(node)}\n` : renderNode(doc, node, {});
}

function scalarText({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? JSON.stringify(value));
}
