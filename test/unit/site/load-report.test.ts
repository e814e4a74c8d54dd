/** A report that is not as its schema says is refused, by place and cause: nothing of it may reach a page. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadReport } from '../../../site/load/load-report.ts';
import { SiteError } from '../../../site/load/site-error.ts';
import { writeCorpus } from '../../support/site-corpus.ts';

let folder = '';
let whole = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-site-'));
  writeCorpus(folder, 1);
  whole = JSON.stringify(await loadReport('report.json', folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refuse(text: string): Promise<SiteError> {
  writeFileSync(join(folder, 'changed.json'), text);
  const error: unknown = await loadReport('changed.json', folder).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SiteError) return error;
  throw new Error(`not refused as it should be: ${String(error)}`);
}

test.each<readonly [string, (text: string) => string, string]>([
  ['no JSON', () => '{"version": 1,', 'changed.json is no JSON: '],
  ['nothing', () => 'null', 'the whole must be object'],
  ['an empty object', () => '{}', "the whole must have required property 'version'"],
  ['another version', (text) => text.replace('"version":1', '"version":9'), '/version must be equal'],
  [
    'blocks that are none',
    () => JSON.stringify({ ...JSON.parse(whole), chapters: 'x' }),
    '/chapters must be array',
  ],
  [
    'a block without its time',
    (text) => text.replace('"durationMs":120,', ''),
    "/chapters/0/blocks/0 must have required property 'durationMs'",
  ],
  [
    'a time that is none',
    (text) => text.replace('"durationMs":120,', '"durationMs":null,'),
    '/chapters/0/blocks/0/durationMs must be number',
  ],
  ['a date that is none', (text) => text.replaceAll('2026-01-02', '2026-13-32'), '/date must match pattern'],
  [
    'an expectation with a status',
    (text) => text.replace('"stream":"stdout"', '"stream":"stdout","status":"failed"'),
    '/chapters/0/blocks/0/expectations/0 must NOT have additional properties (status)',
  ],
  [
    'a verdict of another kind',
    (text) => text.replace('"kind":"held"', '"kind":"hopeful"'),
    '/chapters/0/blocks/0/expectations/0/verdict/kind must be equal',
  ],
])('refused: %s', async (_name, change, cause) => {
  const { message, hint } = await refuse(change(whole));
  expect(message).toContain('changed.json');
  expect(message).toContain(cause);
  expect(hint).toBe('record one with `npm run site:record`');
});

test('having none is no fault', async () => {
  expect(await loadReport('none.json', folder)).toBeUndefined();
});
