/**
 * Holds a `cub` to what the original was seen to do: `node test/conformance/cub.ts [--cub PATH] [--record] [NAME or FILE…]`.
 * Without --cub it checks ours. With --record it writes what the client prints into the scenarios' files.
 * `npm run conformance:cub -- --cub PATH` is the same.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { binary, ours, readScenarios, runScenario } from '../support/cub-scenario.ts';
import type { Client, Outcome, Scenario, Step } from '../support/cub-scenario.ts';

const FOLDER = new URL('cub/', import.meta.url);
const DIFFERENCES = new URL('cub-differences.json', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cub: { type: 'string' }, record: { type: 'boolean' } },
});
const client: Client = values.cub === undefined ? ours : binary(values.cub);
const wanted = (file: string, scenario: Scenario): boolean =>
  positionals.length === 0 || positionals.some((name) => name === file || scenario.name.includes(name));

const recorded = values.record === true;
const counts = { agree: 0, differ: 0, recorded: 0, oursOnly: 0 };
for (const { file, scenarios } of await readScenarios(FOLDER)) {
  const document = parseDocument(await readFile(new URL(file, FOLDER), 'utf8'));
  for (const [at, scenario] of scenarios.entries())
    if (wanted(file, scenario)) await judge(document, at, scenario);
  if (recorded)
    await writeFile(new URL(file, FOLDER), document.toString({ lineWidth: 0, blockQuote: 'literal' }));
}
const { differences } = JSON.parse(await readFile(DIFFERENCES, 'utf8')) as { differences: unknown[] };
console.log(
  recorded
    ? `${counts.recorded} scenarios recorded`
    : `${counts.agree} scenarios agree, ${counts.differ} differ; ` +
        `${counts.oursOnly} are for the embedded cub alone; ${differences.length} known differences are listed`,
);
process.exitCode = counts.differ === 0 ? 0 : 1;

/** Runs one scenario. What only ours can do is not asked of others, and what others can do is not recorded from ours. */
async function judge(document: Document, at: number, scenario: Scenario): Promise<void> {
  const oursAlone = scenario.oursOnly !== undefined;
  if (oursAlone && client !== ours) counts.oursOnly += 1;
  else if (!recorded) counts[report(scenario, await runScenario(scenario, client)) ? 'agree' : 'differ'] += 1;
  else if (oursAlone === (client === ours)) {
    record(document, at, scenario, await runScenario(scenario, client));
    counts.recorded += 1;
  }
}

function record(document: Document, at: number, scenario: Scenario, outcomes: readonly Outcome[]): void {
  let next = 0;
  for (const [index, step] of scenario.steps.entries()) {
    if (step.cub === undefined) continue;
    const outcome = outcomes[next];
    next += 1;
    for (const [field, value] of Object.entries(outcome ?? {})) {
      const path = [at, 'steps', index, field];
      if (value === '' || value === 0) document.deleteIn(path);
      else document.setIn(path, value);
    }
  }
}

/** True if all is as recorded; else the differences are printed. */
function report(scenario: Scenario, outcomes: readonly Outcome[]): boolean {
  const steps = scenario.steps.filter((step) => step.cub !== undefined);
  const bad = steps.filter((step, index) => !agrees(step, outcomes[index]));
  for (const step of bad) {
    const outcome = outcomes[steps.indexOf(step)];
    console.log(`--- ${scenario.name}: cub ${step.cub ?? ''}`);
    console.log(`expected (exit ${step.exit ?? 0}):\n${step.out ?? ''}${step.err ?? ''}`);
    console.log(`got (exit ${outcome?.exit ?? 0}):\n${outcome?.out ?? ''}${outcome?.err ?? ''}`);
  }
  return bad.length === 0;
}

function agrees(step: Step, outcome: Outcome | undefined): boolean {
  const { out = '', err = '', exit = 0 } = step;
  return outcome?.out === out && outcome.err === err && outcome.exit === exit;
}
