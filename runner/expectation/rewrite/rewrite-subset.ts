/**
 * Rewrites what a page shows of JSON or YAML. The text is edited where a value differs and nowhere else, so that comments,
 * order, quotes and indentation stay as the author wrote them.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { alignLines } from '../../text/diff.ts';
import { parseData, parseJson } from '../data.ts';
import type { Captures, Expectation } from '../expectation.ts';
import { identityOf, isObject, isSame } from '../list-items.ts';
import { includes } from '../structure.ts';
import {
  type Edit,
  editText,
  insertItem,
  type Layout,
  removeItems,
  removePairs,
  replaceNode,
} from './edit-data.ts';
import type { Rewriting } from './rewrite.ts';

interface State {
  readonly layout: Layout;
  readonly edits: Edit[];
  captures: Captures;
}

/** Thrown through the walk and caught here: a part that cannot be rewritten spoils the whole. */
class Refusal extends Error {}

/** Edits the expected text until the output includes it. */
export function rewriteSubset(expectation: Expectation, actual: string, captures: Captures): Rewriting {
  const came = parseData(actual);
  if (came.kind === 'unreadable' || !/\S/.test(actual)) {
    return { kind: 'refused', reason: 'the output is neither JSON nor YAML' };
  }
  const { text, language } = expectation;
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  if (language === 'json' && lines.length > 1 && lines.every((line) => parseJson(line)?.length === 1)) {
    return rewriteJsonLines(expectation, came.values, captures);
  }
  const documents = readDocuments(text).filter(
    ({ contents }, _, all) => contents !== null || all.length === 1,
  );
  if (documents.some(({ errors }) => errors.length > 0)) {
    return {
      kind: 'refused',
      reason: 'the expectation is no YAML: edit it by hand',
    };
  }
  const state: State = { layout: { text, json: language === 'json' }, edits: [], captures };
  try {
    rewriteDocuments(documents, came.values, state);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', reason: error.message };
  }
  return { kind: 'rewritten', text: editText(text, state.edits) };
}

/** One JSON value per line: each is rewritten by itself. */
function rewriteJsonLines(
  { text, language }: Expectation,
  came: readonly unknown[],
  captures: Captures,
): Rewriting {
  const lines = text.split('\n');
  const full = lines.flatMap((line, index) => (/\S/.test(line) ? [index] : []));
  const values = full.map((index) => parseJson(lines[index] ?? '')?.[0]);
  let bound = captures;
  for (const { expected: i, actual: j } of pairItems(values, came)) {
    const index = full[i ?? -1];
    if (index === undefined || j === undefined) {
      return {
        kind: 'refused',
        reason: `the output has ${came.length} values, the page shows ${full.length}`,
      };
    }
    const line = { match: 'subset', language, text: lines[index] ?? '' } as const;
    const { differences, captures: after } = includes(values[i ?? 0], came[j], bound);
    if (differences.length === 0) bound = after;
    else {
      const rewriting = rewriteSubset(line, JSON.stringify(came[j]), bound);
      if (rewriting.kind === 'refused') return rewriting;
      lines[index] = rewriting.text;
    }
  }
  return { kind: 'rewritten', text: lines.join('\n') };
}

function readDocuments(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' });
  return Array.isArray(documents) ? documents : [];
}

function rewriteDocuments(
  documents: readonly Document.Parsed[],
  came: readonly unknown[],
  state: State,
): void {
  if (documents.length === 1 && came.length === 1) return rewriteNode(documents[0]?.contents, came[0], state);
  const expected = documents.map((document): unknown => document.toJS());
  for (const { expected: i, actual: j } of pairItems(expected, came)) {
    if (i === undefined || j === undefined) {
      throw new Refusal(`the output has ${came.length} documents, the page shows ${documents.length}`);
    }
    rewriteNode(documents[i]?.contents, came[j], state);
  }
}

function rewriteNode(node: unknown, actual: unknown, state: State): void {
  const { differences, captures } = includes(toValue(node), actual, state.captures);
  if (differences.length === 0) state.captures = captures;
  else if (isMap(node) && isObject(actual)) rewriteMap(node, actual, state);
  else if (isSeq(node) && Array.isArray(actual) && node.items.length > 0 && actual.length > 0) {
    rewriteList(node, actual, state);
  } else if (isAlias(node)) throw new Refusal('the page repeats a value by an alias, and it differs');
  else state.edits.push(replaceNode(node, actual, state.layout));
}

function toValue(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  return isMap(node) || isSeq(node) ? (node.toJSON() as unknown) : undefined;
}

function rewriteMap(map: YAMLMap, actual: Readonly<Record<string, unknown>>, state: State): void {
  const gone: Pair[] = [];
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (key === undefined || !Object.hasOwn(actual, key)) gone.push(pair);
    else if (pair.value !== null) rewriteNode(pair.value, actual[key], state);
    else if (actual[key] !== null)
      throw new Refusal(`\`${key}\` has no value on the page, and the output has one`);
  }
  if (gone.length === 0) return;
  const names = gone.map(({ key }) => `\`${String((key as Scalar).value)}\``).join(', ');
  if (gone.length === map.items.length) throw new Refusal(`the output has no ${names} any more`);
  state.edits.push(...removePairs(map, gone, state.layout));
}

function rewriteList(list: YAMLSeq, actual: readonly unknown[], state: State): void {
  const values = list.items.map(toValue);
  const pairs = pairItems(values, actual);
  const gone = pairs.flatMap(({ expected, actual: j }) =>
    expected === undefined || j !== undefined ? [] : [expected],
  );
  if (gone.length === list.items.length) throw new Refusal('no item of a list that the page shows came');
  let last = -1;
  for (const { expected, actual: j } of pairs) {
    if (expected === undefined && j !== undefined) {
      state.edits.push(insertItem(list, last, project(actual[j], values[0]), state.layout));
    } else if (expected !== undefined) {
      last = expected;
      if (j !== undefined) rewriteNode(list.items[expected], actual[j], state);
    }
  }
  if (gone.length > 0) state.edits.push(...removeItems(list, gone, state.layout));
}

interface ItemPair {
  readonly expected?: number;
  readonly actual?: number;
}

/** As `subset` pairs them: by name where all have one, else by position; then what stands at no other's place. */
function pairItems(expected: readonly unknown[], actual: readonly unknown[]): readonly ItemPair[] {
  const names = expected.map(identityOf);
  const keys = new Set(names.map((name) => `${name?.kind ?? ''}/${name?.name ?? ''}`));
  if (keys.size < expected.length || names.some((name) => name === undefined)) {
    return alignLines(expected.length, actual.length, (i, j) => {
      return includes(expected[i], actual[j], {}).differences.length === 0;
    });
  }
  const found = names.map((name) => {
    const at = actual.findIndex((item) => name !== undefined && isSame(name, identityOf(item)));
    return at === -1 ? undefined : at;
  });
  return expected.map((_, index): ItemPair => {
    const free = index < actual.length && !found.includes(index) ? index : undefined;
    const partner = found[index] ?? free;
    return partner === undefined ? { expected: index } : { expected: index, actual: partner };
  });
}

/** The part of a value that has the shape of another: a new item shows what its neighbours show. */
function project(value: unknown, shape: unknown): unknown {
  if (!isObject(value) || !isObject(shape)) return value;
  const kept = Object.entries(shape).flatMap(([key, inner]) =>
    Object.hasOwn(value, key) ? [[key, project(value[key], inner)] as const] : [],
  );
  return kept.length === 0 ? value : Object.fromEntries(kept);
}
