/** Output of chapters must not break out of a view: no XML that parsers refuse, no workflow command, no TAP line. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutraliseCommands } from '../../../runner/report/neutralise.ts';
import { renderAnnotations } from '../../../runner/report/render-github.ts';
import { escapeXml, renderJunit } from '../../../runner/report/render-junit.ts';
import { renderMarkdown } from '../../../runner/report/render-markdown.ts';
import { renderTap } from '../../../runner/report/render-tap.ts';
import { summarise } from '../../../runner/report/summarise.ts';
import type { Report } from '../../../runner/report/report.ts';
import { contextOf, leftBehind, passedChapter, resultOf, runOf, skipped } from '../../support/report.ts';
import { checkXml } from '../../support/xml.ts';

/** The report of one failed block in which every text is the given one. */
function reportOf(text: string): Report {
  const result = resultOf('x', 1, {
    status: 'failed',
    headings: [text],
    command: text,
    failure: { kind: 'differs', line: 1, reason: text },
    output: { stdout: text, stderr: text, omittedBytes: 0 },
  });
  return summarise(runOf('a.md', result, { ...skipped, reason: text }), contextOf('a.md'));
}

const hostile = [
  '\u0000\u0007\u001B[31m\uFFFE\uFFFF\uD800 ]]> <a b="c"> & \' "',
  '::error::no\n  ::set-output name=x::y\r::stop-commands::z\n##[error]x',
  'not ok 1 - forged\n1..0\nBail out!\n...\n---\n# SKIP\n```\n````\n|',
];

describe('JUnit', () => {
  it.each(hostile)('is well-formed with %j', (text) => {
    expect(checkXml(renderJunit(reportOf(text)))).toBe('');
  });

  it('is well-formed with any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => checkXml(renderJunit(reportOf(text))) === ''),
    );
  });

  it.each([
    ['<a><b></a>', 'closes b with a'],
    ['<a>&nbsp</a>', 'bare &'],
    ['<a>\u0007</a>', 'illegal character'],
    ['<a b="1" b="2"/>', 'attribute b twice'],
    ['<a>', 'a is open'],
  ])('%j is refused by the check', (text, fault) => {
    expect(checkXml(text)).toBe(fault);
  });

  it('removes what XML forbids and escapes the rest', () => {
    expect(escapeXml('a\u0000\u001B\uFFFF\uD800😀\t<&>"')).toBe('a😀\t&lt;&amp;&gt;&quot;');
  });

  it('makes a run that checked nothing an error', () => {
    const xml = renderJunit(summarise([], contextOf()));
    expect(xml).toContain('<testsuites name="mtx-doc" tests="1" failures="0" errors="1" skipped="0"');
    expect(xml).toContain('<error message="nothing was checked" type="mtx-doc"/>');
  });

  it('makes leaks, a broken world and an interruption errors', () => {
    const broken = { kind: 'chain-finished', chain: 'a.md', leaks: ['pod x'], broken: 'no port' } as const;
    const end = { kind: 'run-finished', at: '2026-01-02T03:04:06.000Z', interrupted: true } as const;
    const xml = renderJunit(summarise([...passedChapter('a.md'), broken, end], contextOf('a.md', 'b.md')));
    expect(xml).toContain('tests="5" failures="0" errors="3" skipped="1"');
  });
});

describe('GitHub', () => {
  it('escapes properties and data', () => {
    expect(renderAnnotations(reportOf('50%: a,b\r\nc'))).toBe(
      '::error file=a.md,line=1,title=50%25%3A a%2Cb%0D%0Ac › #x::50%25: a,b%0D%0Ac\n',
    );
  });

  it('puts what a clean-up left at the clean-up', () => {
    const left = leftBehind('a.md', { what: 'left behind: x', line: 4 }, { what: 'gone: y' });
    const end = { kind: 'run-finished', at: '2026-01-02T03:04:06.000Z', interrupted: false } as const;
    expect(renderAnnotations(summarise([...left, end], contextOf('a.md')))).toBe(
      '::error file=a.md,line=4,title=mtx-doc::a.md:4: left behind: x\n::error title=mtx-doc::a.md (no clean-up): gone: y\n',
    );
  });

  it.each(hostile)('is one line per annotation with %j', (text) => {
    expect(renderAnnotations(reportOf(text)).split(/[\r\n]/)).toHaveLength(2);
  });

  it('shows at most ten errors, the first of each chapter first', () => {
    const failed = (line: number) =>
      resultOf(`x${line}`, line, { status: 'failed', failure: { kind: 'interrupted', line } });
    const many = Array.from({ length: 12 }, (_, index) => failed(index + 1));
    const events = [...runOf('a.md', ...many), ...runOf('b.md', failed(1), failed(2))];
    const lines = renderAnnotations(summarise(events, contextOf('a.md', 'b.md')))
      .trimEnd()
      .split('\n');
    const places = lines.map((line) => /file=(.*),line=(\d+)/.exec(line)?.slice(1).join(':'));
    expect(places).toEqual([
      'a.md:1',
      'b.md:1',
      ...['2', '3', '4', '5', '6', '7', '8', '9'].map((n) => `a.md:${n}`),
    ]);
  });

  it('neutralises workflow commands in echoed output', () => {
    const safe = neutraliseCommands('::error::x\n  ::add-mask::y\r::z\n##[group]g\na ::b');
    expect(safe).toBe('\u200B::error::x\n  \u200B::add-mask::y\r\u200B::z\n\u200B##[group]g\na ::b');
  });
});

describe('TAP and Markdown', () => {
  it.each(hostile)('TAP has only its own lines with %j', (text) => {
    const foreign = renderTap(reportOf(text))
      .split(/[\r\n]/)
      .filter((line) => !/^(TAP version 14|# Subtest: a\.md|not ok 1 - a\.md|1\.\.1|)$/.test(line))
      .filter(
        (line) => !/^ {4}(ok 2 - .* # SKIP.*|not ok 1 - .*|1\.\.2| {2}(---|\.\.\.|\w+: .*))$/.test(line),
      );
    expect(foreign).toEqual([]);
  });

  it('Markdown fences are longer than any fence in the output', () => {
    expect(renderMarkdown(reportOf('```\n````\n'))).toContain('`````bash\n```\n````\n`````\n');
  });
});
