/**
 * The linter against the scenarios of `cub` that were recorded from the real client: what ended with status 0 is not reported, but
 * for what succeeds without doing anything; and what the client itself refused is reported.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readShellScript } from '../../../runner/chapter/read-fences.ts';
import { openUsualContract } from '../../../runner/lint/contract/open-contract.ts';
import { lintPages } from '../../../runner/lint/lint-pages.ts';

interface Step {
  readonly cub?: string;
  readonly err?: string;
  readonly exit?: number;
}

const FOLDER = new URL('../../conformance/cub/', import.meta.url);
const contracts = [openUsualContract()];

/** Ends with status 0 and does not do what it says: reported on purpose. */
const SILENT: readonly string[] = [
  'contract:command There is no command `cub target bogus`',
  'contract:command There is no command `cub mutation copy`',
  'contract:function There is no function `f`',
  'contract:function There is no function `nofunc`',
  'contract:function The function `set-replicas` needs `replicas`',
  'contract:function The function `set-replicas` takes `replicas`',
  'contract:function `replicas` of the function `set-replicas`',
  'contract:behaviour `cub worker install` without `--export`',
];

/** Texts of the client about flags and arguments; all others depend on what the hub holds. */
const USAGE =
  /unknown (?:flag|shorthand)|accepts (?:at most|between|\d)|requires at least|flag needs an argument|mutually exclusive|must be specified together|--patch requires|can only be (?:used|specified)|either --unit or --where|invalid (?:attribute|operator)|unrecognized attribute/;

/** Refused for what is in a file, in the hub or in an older client. */
const UNSEEN: readonly string[] = [
  'run --space us set-replicas --replicas 3',
  'link update --space us l --patch',
];

const steps = readdirSync(FOLDER).flatMap((file) =>
  (
    parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly { readonly steps: readonly Step[] }[]
  ).flatMap((scenario) => scenario.steps.filter(({ cub }) => cub !== undefined)),
);

function lint(line: string): readonly string[] {
  const source = `cub context set --space demo\ncub ${line.replace(/\{[A-Z]+\}/g, '"$KEPT"')}\n`;
  const chapter = readShellScript('a.sh', source);
  const found = lintPages([{ kind: 'script', chapter, source }], { contracts, readFile: () => undefined });
  return found
    .filter(({ code }) => !code.startsWith('shell:'))
    .map(({ code, message }) => `${code} ${message}`)
    .filter((text) => !SILENT.some((known) => text.startsWith(known)));
}

describe('recorded scenarios', () => {
  test('what succeeded is not reported', () => {
    const good = steps.filter(({ exit = 0 }) => exit === 0);
    expect(good.length).toBeGreaterThan(900);
    const alarms = good.flatMap(({ cub = '' }) => lint(cub).map((text) => `${cub}: ${text}`));
    expect(alarms).toEqual([]);
  });

  test('what was refused as wrong usage is reported', () => {
    const bad = steps.filter(({ err = '', exit = 0 }) => exit !== 0 && USAGE.test(err));
    expect(bad.length).toBeGreaterThan(100);
    const missed = bad.filter(({ cub = '' }) => lint(cub).length === 0).map(({ cub = '' }) => cub);
    expect(missed.filter((line) => !UNSEEN.includes(line))).toEqual([]);
  });
});
