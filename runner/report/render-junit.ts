/**
 * JUnit XML, as CI systems read it: a suite per chapter, a case per block. A run without a case would be a success to
 * most of them, so what failed without a block, and a run that checked nothing, become cases too.
 */
import { describeFailure, listTroubles } from './failures.ts';
import { renderFailure } from './render-failure.ts';
import { renderWorlds } from './render-world.ts';
import type { Report, ReportBlock, ReportChapter } from './report.ts';
import { plain } from './style.ts';

interface Suite {
  readonly name: string;
  readonly timestamp: string;
  readonly durationMs: number;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly durationMs: number;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly details: string;
  readonly systemOut: string;
  readonly systemErr: string;
}

/** A complete XML document. */
export function renderJunit(report: Report): string {
  const suites = listSuites(report);
  const cases = suites.flatMap((suite) => suite.cases);
  const attributes = `name="mtx-doc" ${countAttributes(cases)} time="${seconds(report.durationMs)}"`;
  const properties = renderWorlds(report.chains.map((chain) => chain.world));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes}>`,
    ...suites.flatMap((suite) => renderSuite(suite, properties)),
    '</testsuites>',
    '',
  ].join('\n');
}

function listSuites(report: Report): readonly Suite[] {
  const chapters = report.chapters.map((chapter): Suite => ({
    name: chapter.file,
    timestamp: chapter.startedAt ?? report.date,
    durationMs: chapter.durationMs,
    cases: chapterCases(chapter),
  }));
  const troubles = listTroubles(report).map((message) => runCase(message, 'error'));
  const empty = report.outcome === 'empty' ? [runCase('nothing was checked', 'error')] : [];
  const interrupted = report.outcome === 'interrupted' ? [runCase('interrupted', 'error')] : [];
  const cases = [...troubles, ...empty, ...interrupted];
  if (cases.length === 0) return chapters;
  return [...chapters, { name: 'mtx-doc', timestamp: report.date, durationMs: 0, cases }];
}

function chapterCases(chapter: ReportChapter): readonly Case[] {
  const cases = chapter.blocks.map((block) => blockCase(chapter, block));
  if (chapter.status !== 'not-run') return cases;
  return [...cases, { ...runCase(chapter.reason ?? 'not run', 'skipped'), classname: chapter.file }];
}

function blockCase(chapter: ReportChapter, block: ReportBlock): Case {
  const failed = block.status === 'failed';
  const reason = describeFailure(block.failure);
  const failure = { chapter, block, line: block.failure?.line ?? block.line, reason };
  return {
    name: [...block.headings, `#${block.id}`].join(' › '),
    classname: chapter.file,
    durationMs: block.durationMs,
    result: failed ? 'failure' : block.status === 'skipped' ? 'skipped' : 'passed',
    message: failed ? reason : (block.reason ?? ''),
    details: failed ? renderFailure(failure, plain).join('\n') : '',
    systemOut: failed ? (block.output?.both ?? block.output?.stdout ?? '') : '',
    systemErr: failed ? (block.output?.stderr ?? '') : '',
  };
}

function runCase(message: string, result: 'error' | 'skipped'): Case {
  const empty = { details: '', systemOut: '', systemErr: '' };
  return { name: message, classname: 'mtx-doc', durationMs: 0, result, message, ...empty };
}

function renderSuite(suite: Suite, worlds: readonly string[]): readonly string[] {
  const timestamp = suite.timestamp.slice(0, 19);
  const head = `name="${escapeXml(suite.name)}" ${countAttributes(suite.cases)} time="${seconds(suite.durationMs)}"`;
  return [
    `  <testsuite ${head} timestamp="${timestamp}" hostname="localhost">`,
    '    <properties>',
    ...worlds.map((world) => `      <property name="world" value="${escapeXml(world)}"/>`),
    '    </properties>',
    ...suite.cases.flatMap(renderCase),
    '  </testsuite>',
  ];
}

function renderCase(test: Case): readonly string[] {
  const name = `name="${escapeXml(test.name)}" classname="${escapeXml(test.classname)}"`;
  const open = `    <testcase ${name} time="${seconds(test.durationMs)}"`;
  if (test.result === 'passed') return [`${open}/>`];
  const message = `message="${escapeXml(test.message)}"`;
  const type = test.result === 'skipped' ? '' : ' type="mtx-doc"';
  return [
    `${open}>`,
    test.details === ''
      ? `      <${test.result} ${message}${type}/>`
      : `      <${test.result} ${message}${type}>${escapeXml(test.details)}</${test.result}>`,
    ...(test.systemOut === '' ? [] : [`      <system-out>${escapeXml(test.systemOut)}</system-out>`]),
    ...(test.systemErr === '' ? [] : [`      <system-err>${escapeXml(test.systemErr)}</system-err>`]),
    '    </testcase>',
  ];
}

function countAttributes(cases: readonly Case[]): string {
  const count = (result: Case['result']) => cases.filter((test) => test.result === result).length;
  const counts = { failures: count('failure'), errors: count('error'), skipped: count('skipped') };
  return `tests="${cases.length}" failures="${counts.failures}" errors="${counts.errors}" skipped="${counts.skipped}"`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

/** XML 1.0 forbids most control characters, lone surrogates and two non-characters even as references. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text that is safe in XML text and in double-quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(ILLEGAL, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
