/** Wrong pages for `subset`: each key and each scalar, changed where it stands in the text. */
import { LineCounter, parseAllDocuments, visit, type Scalar } from 'yaml';
import { findCaptures } from '../captures.ts';
import { changeWord, replacePart, STRANGER } from './change-text.ts';
import type { Mutate, Mutation } from './mutation.ts';

/** A key or a scalar of a text, and what may stand in its place. */
interface Slot {
  readonly start: number;
  readonly end: number;
  readonly others: readonly string[];
  readonly isKey: boolean;
}

/** JSON is YAML too, so that one parser gives the places of both. */
export const changePageData: Mutate = ({ expectation: { text } }) => {
  const counter = new LineCounter();
  let start = 0;
  for (const line of text.split('\n')) {
    counter.addNewLine(start);
    start += line.length + 1;
  }
  return findSlots(text).flatMap((slot) => {
    const { line, col } = counter.linePos(slot.start);
    const was = text.slice(slot.start, slot.end);
    return slot.others.map((other): Mutation => {
      const name = `change ${slot.isKey ? 'the key' : 'the value'} at ${line}:${col} to ${other}`;
      return {
        side: 'page',
        name,
        detail: `it was ${was}`,
        line: line - 1,
        text: replacePart(text, slot, other),
      };
    });
  });
};

/** One JSON value on each line is no YAML: then each line is read for itself. */
function findSlots(text: string): readonly Slot[] {
  const whole = readSlots(text, 0);
  if (whole !== undefined) return whole;
  let start = 0;
  return text.split('\n').flatMap((line) => {
    const found = readSlots(line, start) ?? [];
    start += line.length + 1;
    return found;
  });
}

function readSlots(text: string, offset: number): readonly Slot[] | undefined {
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const slots: Slot[] = [];
  const collect = (key: unknown, node: Scalar): void => {
    const [start, end] = node.range ?? [0, 0];
    const isKey = key === 'key';
    const others = isKey ? [JSON.stringify(changeWord(String(node.value)))] : findOthers(node.value);
    if (end > start) slots.push({ start: start + offset, end: end + offset, others, isKey });
  };
  for (const document of documents) visit(document, { Scalar: collect });
  return slots;
}

function findOthers(value: unknown): readonly string[] {
  if (typeof value === 'number') return [String(value + 1), `"${value}"`];
  if (typeof value === 'boolean') return [String(!value), `"${value}"`];
  if (typeof value !== 'string') return [`"${STRANGER}"`];
  return [JSON.stringify(findCaptures(value).length > 0 ? STRANGER : changeWord(value)), `["${STRANGER}"]`];
}
