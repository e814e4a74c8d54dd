/** The keys under `mtx:` as a table: how each value is read, and what is said where it has another shape. */
import { isMap, isScalar, isSeq } from 'yaml';

import { DURATION_HINT, parseDuration } from '../text/duration.ts';
import { suggestOrList } from '../text/suggest.ts';
import type { ChapterMeta, Suppression } from './chapter.ts';
import { findSeal } from './sealed-variables.ts';

/** What a chapter has that says nothing. A chapter may take ten minutes. */
export const DEFAULT_META: ChapterMeta = {
  needs: [],
  needSpans: [],
  timeoutMs: 600_000,
  requires: [],
  env: {},
  secrets: [],
  world: 'any',
  collect: [],
  allow: [],
  allowSpans: [],
};

/** A value, or what is wrong with `node` (absent: the whole value). The message continues "`mtx.key` …". */
export type MetaResult =
  | { readonly value: unknown }
  | { readonly code: string; readonly message: string; readonly hint?: string; readonly node?: unknown };

export interface MetaReader {
  readonly property: keyof ChapterMeta;
  read(node: unknown): MetaResult;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const META_READERS: Readonly<Record<string, MetaReader>> = {
  needs: { property: 'needs', read: (node) => readList(node) },
  timeout: { property: 'timeoutMs', read: readTimeout },
  requires: {
    property: 'requires',
    read: (node) => readList(node, (text) => oneOf(text, ['cub', 'kubectl'])),
  },
  env: { property: 'env', read: readEnvironment },
  secrets: { property: 'secrets', read: (node) => readList(node, variableName) },
  world: { property: 'world', read: readWorld },
  collect: { property: 'collect', read: (node) => readList(node) },
  allow: { property: 'allow', read: readSuppressions },
};

type Complaint = { readonly message: string; readonly hint: string };

function bad(message: string, hint?: string, node?: unknown): MetaResult {
  return {
    code: 'bad-front-matter',
    message,
    ...(hint !== undefined && { hint }),
    ...(node !== undefined && { node }),
  };
}

/** A scalar as it is written, without quotes. */
export function textOf(node: unknown): string | undefined {
  return isScalar(node) && node.value !== null ? node.source : undefined;
}

function readList(node: unknown, check?: (text: string) => Complaint | undefined): MetaResult {
  if (isScalar(node) && node.value === null) return { value: [] };
  if (!isSeq(node)) return bad('must be a list', 'for example `[one, two]`');
  const texts: string[] = [];
  for (const item of node.items) {
    const text = textOf(item);
    if (text === undefined || text === '') return bad('must be a list of texts', undefined, item);
    const complaint = check?.(text);
    if (complaint !== undefined) return bad(complaint.message, complaint.hint, item);
    texts.push(text);
  }
  return { value: texts };
}

function readTimeout(node: unknown): MetaResult {
  const value = parseDuration(textOf(node) ?? '');
  if (value !== undefined) return { value };
  return { code: 'bad-duration', message: 'is no duration', hint: DURATION_HINT };
}

function readWorld(node: unknown): MetaResult {
  const text = textOf(node) ?? '';
  const complaint = oneOf(text, ['any', 'containers', 'hub']);
  return complaint === undefined ? { value: text } : bad(complaint.message, complaint.hint);
}

function readEnvironment(node: unknown): MetaResult {
  if (isScalar(node) && node.value === null) return { value: {} };
  if (!isMap(node)) return bad('must be a map of variables', 'for example `{REGION: eu}`');
  const env: Record<string, string> = {};
  for (const { key, value } of node.items) {
    const name = textOf(key) ?? '';
    const complaint = variableName(name) ?? sealedName(name);
    if (complaint !== undefined) return bad(complaint.message, complaint.hint, key);
    const text = isScalar(value) && value.value === null ? '' : textOf(value);
    if (text === undefined) return bad(`must give \`${name}\` a text`, undefined, value ?? key);
    env[name] = text;
  }
  return { value: env };
}

const SUPPRESSION_KEYS: readonly string[] = ['code', 'id', 'reason'];
const SUPPRESSION_HINT = 'for example `- {code: shell:sleep, id: watch, reason: shows the wait}`';

function readSuppressions(node: unknown): MetaResult {
  if (!isSeq(node)) return bad('must be a list', SUPPRESSION_HINT);
  const suppressions: Suppression[] = [];
  for (const item of node.items) {
    if (!isMap(item)) return bad('must be a list of maps', SUPPRESSION_HINT, item);
    const fields = new Map(item.items.map(({ key, value }) => [textOf(key) ?? '', textOf(value) ?? '']));
    const unknown = item.items.find(({ key }) => !SUPPRESSION_KEYS.includes(textOf(key) ?? ''));
    if (unknown !== undefined) return bad('has an entry with another key', SUPPRESSION_HINT, unknown.key);
    const missing = SUPPRESSION_KEYS.find((key) => !/\S/.test(fields.get(key) ?? ''));
    if (missing !== undefined)
      return bad(`must say the \`${missing}\` of each entry`, SUPPRESSION_HINT, item);
    const [code = '', id = '', reason = ''] = SUPPRESSION_KEYS.map((key) => fields.get(key));
    suppressions.push({ code, id: id.replace(/^#/, ''), reason });
  }
  return { value: suppressions };
}

function variableName(text: string): Complaint | undefined {
  if (VARIABLE.test(text)) return undefined;
  return { message: `names \`${text}\`, which is no variable name`, hint: 'letters, digits and `_`' };
}

function sealedName(name: string): Complaint | undefined {
  const seal = findSeal(name);
  if (seal === undefined) return undefined;
  return {
    message: `must not set \`${name}\`, which keeps a chapter to ${seal}`,
    hint: 'take it out, or export it in a block, where a reader sees it',
  };
}

function oneOf(text: string, known: readonly string[]): Complaint | undefined {
  if (known.includes(text)) return undefined;
  return { message: `does not know \`${text}\``, hint: suggestOrList(text, known) };
}
