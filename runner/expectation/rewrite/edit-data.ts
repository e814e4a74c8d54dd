/** Edits of a JSON or YAML text at the places of its nodes, in the style of what stands around them. */
import {
  isCollection,
  isPair,
  isScalar,
  type Node,
  type Pair,
  Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** Replaces `[start, end)` of the text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text that is edited. */
export interface Layout {
  readonly text: string;
  readonly json: boolean;
}

/** The text after edits that do not overlap; those at one place stand in their order. */
export function editText(text: string, edits: readonly Edit[]): string {
  let edited = '';
  let from = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < from) continue;
    edited += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return edited + text.slice(from);
}

/** Another value in the place of a node. */
export function replaceNode(node: unknown, value: unknown, { text, json }: Layout): Edit {
  const [start, end] = rangeOf(node, text);
  if (json) return { start, end, text: JSON.stringify(value) };
  const written = writeYaml(node, value, text.slice(start, end));
  const gap = start === end && text[start - 1] === ':' ? ' ' : '';
  return { start, end, text: gap + written };
}

/** A value in YAML on one line; in a block, a text of several lines stays a block. */
function writeYaml(node: unknown, value: unknown, old: string): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  if (typeof value !== 'string') return String(value);
  const type = isScalar(node) ? node.type : undefined;
  if (type === Scalar.BLOCK_LITERAL && /^[^\s].*\n$/s.test(value) && !value.endsWith('\n\n')) {
    const indent = /\n( +)\S/.exec(old)?.[1];
    if (indent !== undefined) {
      return `|${value
        .replace(/^/, '\n')
        .replaceAll(/\n(?=[^\n])/g, `\n${indent}`)
        .trimEnd()}`;
    }
  }
  if (type === Scalar.QUOTE_DOUBLE || /[\n,[\]{}]/.test(value)) return JSON.stringify(value);
  const quote = type === Scalar.QUOTE_SINGLE ? ({ defaultStringType: type } as const) : {};
  return stringify(value, { lineWidth: 0, ...quote }).trimEnd();
}

/** Without these pairs of a map, of which others stay. */
export function removePairs(map: YAMLMap, gone: readonly Pair[], layout: Layout): readonly Edit[] {
  const indices = gone.map((pair) => map.items.indexOf(pair));
  return map.flow === true || layout.json
    ? removeFlow(map.items, indices, layout)
    : removeBlock(map.items, indices, layout);
}

/** Without these items of a list, of which others stay. */
export function removeItems(list: YAMLSeq, gone: readonly number[], layout: Layout): readonly Edit[] {
  return list.flow === true || layout.json
    ? removeFlow(list.items, gone, layout)
    : removeBlock(list.items, gone, layout);
}

/** Each with the comma behind it; those at the end with the one before them. */
function removeFlow(items: readonly unknown[], gone: readonly number[], { text }: Layout): readonly Edit[] {
  const lastKept = items.findLastIndex((_, index) => !gone.includes(index));
  const inner = gone
    .filter((index) => index < lastKept)
    .map((index) => ({
      start: rangeOf(items[index], text)[0],
      end: rangeOf(items[index + 1], text)[0],
      text: '',
    }));
  if (lastKept === items.length - 1) return inner;
  const [start, end] = [rangeOf(items[lastKept], text)[1], rangeOf(items.at(-1), text)[1]];
  return [...inner, { start, end, text: '' }];
}

/** The whole lines of each; where the first shares its line with a dash of an outer list, the first that stays moves up. */
function removeBlock(items: readonly unknown[], gone: readonly number[], { text }: Layout): readonly Edit[] {
  const [first] = rangeOf(items[0], text);
  const lead = text.slice(lineStart(text, first), first);
  const isInline = (isPair(items[0]) ? lead : lead.replace(/- +$/, '')).includes('-');
  const kept = items.findIndex((_, index) => !gone.includes(index));
  const up = isInline && kept > 0 ? [{ start: first, end: rangeOf(items[kept], text)[0], text: '' }] : [];
  return [...up, ...gone.filter((index) => up.length === 0 || index > kept).map(removeLines)];

  function removeLines(index: number): Edit {
    const [start, end] = rangeOf(items[index], text);
    const newline = text.indexOf('\n', end);
    const line = lineStart(text, start);
    if (newline !== -1) return { start: line, end: newline + 1, text: '' };
    return { start: Math.max(0, line - 1), end: text.length, text: '' };
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** A new item after the item `after` of a list that is not empty; -1 is its start. */
export function insertItem(list: YAMLSeq, after: number, value: unknown, { text, json }: Layout): Edit {
  const [first] = rangeOf(list.items[0], text);
  if (list.flow === true || json) {
    const open = rangeOf(list, text)[0] + 1;
    const lead = text.slice(open, first);
    const separator = /^\s*\n\s*$/.test(lead) ? `,${lead}` : ', ';
    const written = JSON.stringify(value);
    if (after === -1) return { start: first, end: first, text: written + separator };
    const at = rangeOf(list.items[after], text)[1];
    return { start: at, end: at, text: separator + written };
  }
  const lead = text.slice(lineStart(text, first), first);
  const indent = lead.replace(/[^ ]/g, ' ');
  const written = stringify(value, { lineWidth: 0 }).trimEnd().replaceAll('\n', `\n${indent}`);
  const dash = indent.slice(0, lead.lastIndexOf('-')) + lead.slice(lead.lastIndexOf('-'));
  if (after === -1) return { start: first, end: first, text: `${written}\n${dash}` };
  const itemEnd = rangeOf(list.items[after], text)[1];
  const newline = text.indexOf('\n', itemEnd);
  const at = newline === -1 ? text.length : newline;
  return { start: at, end: at, text: `\n${dash}${written}` };
}

/** Where a node or a pair stands, without the blanks and line ends that the parser counts to a block. */
function rangeOf(item: unknown, text: string): readonly [number, number] {
  if (isPair(item)) {
    const [start, keyEnd] = rangeOf(item.key, text);
    return [start, item.value === null ? keyEnd : rangeOf(item.value, text)[1]];
  }
  const [start, end] = (item as Node | undefined)?.range ?? [0, 0];
  const isBlock = isCollection(item) || (isScalar(item) && item.type !== Scalar.PLAIN);
  return [start, isBlock ? start + text.slice(start, end).trimEnd().length : end];
}
