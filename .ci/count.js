// Adds up mtx-doc's own report and vitest's JSON reports, and closes with the line that CI reads. A missing report is a failure.
import { readFileSync } from 'node:fs';

const [chaptersFile, ...vitestFiles] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };

function add(file, count) {
  try {
    const { passed, failed, skipped } = count(JSON.parse(readFileSync(file, 'utf8')));
    if (passed + failed === 0) throw new Error('it counts no check at all');
    totals.passed += passed;
    totals.failed += failed;
    totals.skipped += skipped;
    console.log(`${file}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  } catch (error) {
    totals.failed += 1;
    console.error(`${file}: no usable report: ${error.message}`);
  }
}

add(chaptersFile, ({ totals: { passed, failed, skipped } }) => ({ passed, failed, skipped }));
for (const file of vitestFiles) {
  add(file, (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      (report.success ? 0 : Math.max(0, report.numFailedTestSuites - report.numFailedTests)),
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

const { passed, failed, skipped } = totals;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
