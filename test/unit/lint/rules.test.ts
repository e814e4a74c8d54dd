/**
 * Every rule by its fixtures: `test/fixtures/lint/*.yaml` lists shell text per code, `bad` with what is marked between `«` and
 * `»` and `good` without any problem; and every rule's own examples.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readShellScript } from '../../../runner/chapter/read-fences.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { openUsualContract } from '../../../runner/lint/contract/open-contract.ts';
import { lintPages } from '../../../runner/lint/lint-pages.ts';
import type { LintSource } from '../../../runner/lint/lint.ts';
import { RULES } from '../../../runner/lint/rules.ts';

interface Cases {
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

const FOLDER = new URL('../../fixtures/lint/', import.meta.url);
const cases = Object.assign(
  {},
  ...readdirSync(FOLDER).map((name) => parse(readFileSync(new URL(name, FOLDER), 'utf8')) as object),
) as Readonly<Record<string, Cases>>;
const options = { contracts: [openUsualContract()], readFile: () => undefined };

const sourceOf = (text: string): LintSource =>
  text.startsWith('---')
    ? { kind: 'chapter', chapter: parseChapter('a.md', text).chapter, source: text }
    : { kind: 'script', chapter: readShellScript('a.sh', text), source: text };

const lint = (text: string) => lintPages([sourceOf(text)], options);

describe.each(RULES)('$code', ({ code, explanation, bad, good }) => {
  const { bad: bads = [], good: goods = [] } = cases[code] ?? {};

  test('explains itself, with fixtures', () => {
    expect(explanation).toMatch(/^[A-Z`].*[.]$/s);
    expect([bads.length, goods.length]).not.toContain(0);
    expect(bad).not.toBe(good);
  });

  test.each(bads)('reports %s', (marked) => {
    const text = marked.replace(/[«»]/g, '');
    const found = lint(text).filter((problem) => problem.code === code);
    expect(found).not.toEqual([]);
    expect(lint(text).map((problem) => problem.code)).toEqual(found.map(() => code));
    const start = marked.indexOf('«');
    if (start === -1) return;
    const { span } = found[0] ?? expect.fail();
    expect(text.slice(span.start.offset, span.end.offset)).toBe(marked.slice(start + 1, marked.indexOf('»')));
  });

  test.each(goods)('accepts %s', (text) => {
    expect(lint(text)).toEqual([]);
  });
});

test('every fixture belongs to a rule', () => {
  const codes = RULES.map(({ code }) => code);
  expect(Object.keys(cases).filter((code) => !codes.includes(code))).toEqual([]);
});
