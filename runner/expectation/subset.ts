/** `subset`: what the page shows of a JSON or YAML output is in it; the rest may be anything. */
import { boundRows } from '../text/diff.ts';
import type { DiffRow } from '../text/text.ts';
import { parseData, parseJson, parseYaml, type ParsedData } from './data.ts';
import type { Captures, Expectation, ExpectationProblem, Verdict } from './expectation.ts';
import { brief } from './lines.ts';
import { includes, type StructureDifference } from './structure.ts';

/** The expected text must be readable in its language, and must say something. */
export function checkSubset(expectation: Expectation): readonly ExpectationProblem[] {
  const start = { line: 0, column: 0, length: 0 };
  if (expectation.language !== 'json' && expectation.language !== 'yaml') {
    const hint = 'write the expectation as `yaml` or `json`';
    return [{ ...start, code: 'format:bad-language', message: '`match=subset` compares data', hint }];
  }
  const parsed = parseExpected(expectation);
  if (parsed.kind === 'unreadable') {
    const before = expectation.text.slice(0, parsed.offset).split('\n');
    const place = { line: before.length - 1, column: before.at(-1)?.length ?? 0, length: 1 };
    const message = `this is no ${expectation.language}: ${parsed.message}`;
    return [{ ...place, code: 'format:bad-data', message }];
  }
  if (parsed.values.some((value) => !isVacuous(value))) return [];
  const message = 'this expectation holds for any output';
  return [
    { ...start, code: 'format:empty-expectation', message, hint: 'name a field, or use `match=exact`' },
  ];
}

/** Compares the output, JSON or YAML whatever the expectation is written in. */
export function matchSubset(expectation: Expectation, actual: string, captures: Captures): Verdict {
  const expected = parseExpected(expectation);
  if (expected.kind === 'unreadable')
    return unreadable('the expectation', expected.message, expectation.text);
  const came = parseData(actual);
  if (came.kind === 'unreadable') return unreadable('the output', came.message, actual);
  if (/^\s*$/.test(actual)) return unreadable('the output', 'it is empty', actual);
  const single = expected.values.length === 1 && came.values.length === 1;
  const result = includes(
    single ? expected.values[0] : expected.values,
    single ? came.values[0] : came.values,
    captures,
  );
  const [first] = result.differences;
  if (first === undefined) return { kind: 'held', captures: result.captures, varying: [] };
  return { kind: 'differs', reason: first.reason, diff: boundRows(result.differences.flatMap(rowsOf)) };
}

function parseExpected({ text, language }: Expectation): ParsedData {
  if (language !== 'json') return parseYaml(text);
  const values = parseJson(text);
  if (values !== undefined) return { kind: 'values', values };
  const yaml = parseYaml(text);
  if (yaml.kind === 'unreadable') return yaml;
  return { kind: 'unreadable', message: 'quote keys, texts and captures with `"`', offset: 0 };
}

/** An empty object or an empty document. An empty list says that there are no items. */
function isVacuous(value: unknown): boolean {
  return (
    value === null || (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0)
  );
}

function rowsOf({ path, expected, actual, reason }: StructureDifference): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  const prefix = path === '' ? '' : `${path}: `;
  const row = (kind: 'expected' | 'actual', value: string): DiffRow => {
    const text = prefix + value;
    return { kind, text, marks: [{ start: prefix.length, end: text.length, reason }] };
  };
  if (expected !== undefined) rows.push(row('expected', expected));
  if (actual !== undefined) rows.push(row('actual', actual));
  return rows;
}

function unreadable(what: string, message: string, text: string): Verdict {
  const lines = text.split('\n', 20);
  const diff = lines.map((line, index): DiffRow => ({
    kind: 'actual',
    text: brief(line),
    actualLine: index + 1,
  }));
  return { kind: 'differs', reason: `${what} is neither JSON nor YAML: ${brief(message)}`, diff };
}
