/** Every report that a run can give is valid against the published schema, and the schema is strict. */
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { ExecutionEvent, Failure } from '../../../runner/execution/execution.ts';
import schema from '../../../runner/report/report.schema.json' with { type: 'json' };
import { summarise } from '../../../runner/report/summarise.ts';
import { contextOf, failedRun, leftBehind, resultOf, runOf } from '../../support/report.ts';

const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

const leftOut = (reason: string) =>
  resultOf('x', 1, { skippedExpectations: [{ block: resultOf('y', 2).block, line: 3, reason }] });

const failures: readonly Failure[] = [
  { kind: 'exit', line: 1, command: 'false', status: 1, expected: 0 },
  { kind: 'differs', line: 1, reason: 'x' },
  { kind: 'timeout', line: 1, afterMs: 2.5 },
  { kind: 'shell-ended', line: 1, status: 'SIGKILL' },
  { kind: 'shell-ended', line: 1, status: 0 },
  { kind: 'job-ended', line: 1, status: 7 },
  { kind: 'not-ready', line: 1, reason: 'x' },
  { kind: 'file', line: 1, reason: 'x' },
  { kind: 'interrupted', line: 1 },
];

const runs: readonly [string, readonly ExecutionEvent[]][] = [
  ['nothing', []],
  ['a failed run', failedRun],
  ['a cut run', failedRun.slice(0, 7)],
  [
    'every failure',
    runOf('a.md', ...failures.map((failure) => resultOf('x', 1, { status: 'failed', failure }))),
  ],
  [
    'held verdicts and both streams',
    runOf(
      'a.md',
      resultOf('x', 1, {
        output: {
          stdout: 'a',
          stderr: 'b',
          both: 'ab',
          coloured: { stdout: '\u001b[31ma', both: '\u001b[1mab' },
          omittedBytes: 7,
        },
        expectations: [
          {
            block: resultOf('y', 2).block,
            line: 3,
            stream: 'both',
            verdict: {
              kind: 'held',
              captures: { id: '1' },
              varying: [{ line: 0, start: 0, end: 1, reason: 'AGE' }],
            },
          },
        ],
      }),
    ),
  ],
  ['an expectation that was left out', runOf('a.md', leftOut('needs a world with containers'))],
  [
    'a chapter that left something',
    leftBehind('a.md', { what: 'left behind: x', line: 4 }, { what: 'gone: y' }),
  ],
  ['a broken chain', [{ kind: 'chain-finished', chain: 'a.md', leaks: ['pod x'], broken: 'no port' }]],
];

/** As it comes back from the file. */
function written(events: readonly ExecutionEvent[]): Record<string, unknown> {
  return JSON.parse(JSON.stringify(summarise(events, contextOf('a.md', 'b.md')))) as Record<string, unknown>;
}

describe('report.schema.json', () => {
  it.each(runs)('accepts the report of %s', (_name, events) => {
    validate(written(events));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('names no property that its object does not list', () => {
    expect(looseObjects(schema, '#')).toEqual([]);
  });

  it.each([
    ['an unknown property', { extra: 1 }],
    ['another version', { version: 2 }],
    ['a missing part', { totals: undefined }],
    ['a local time', { date: '2026-01-02 03:04' }],
  ])('refuses %s', (_name, change) => {
    expect(validate({ ...written(failedRun), ...change })).toBe(false);
  });
});

/** Paths of objects of the schema with properties but without `additionalProperties: false`. */
function looseObjects(node: unknown, path: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const record = node as Readonly<Record<string, unknown>>;
  const loose =
    record['type'] === 'object' && 'properties' in record && record['additionalProperties'] !== false;
  return [
    ...(loose ? [path] : []),
    ...Object.entries(record).flatMap(([key, value]) => looseObjects(value, `${path}/${key}`)),
  ];
}
