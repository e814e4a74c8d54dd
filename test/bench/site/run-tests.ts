/** The bars that are tests: which of them hold, from one run of the site's tests. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the tests whose full name matches. */
export interface Standing {
  readonly passed: number;
  readonly all: number;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs them all, which takes minutes. A failed test is a number here, not an error. */
export function runTests(root: string, folder: string): (names: RegExp) => Standing {
  const file = join(folder, 'tests.json');
  const words = ['--project', 'site', '--project', 'unit', 'test/site', 'test/unit/site'];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['--reporter', 'json', '--outputFile', file];
  const { error } = spawnSync(process.execPath, [vitest, 'run', ...words, ...options], {
    cwd: root,
    stdio: 'ignore',
  });
  if (error !== undefined) throw error;
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return (names) => {
    const ours = tests.filter(({ fullName }) => names.test(fullName));
    return { passed: ours.filter(({ status }) => status === 'passed').length, all: ours.length };
  };
}
