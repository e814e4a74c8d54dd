/**
 * Holds a `cub` to what the original was seen to do: `node test/conformance/cub.ts [--cub PATH] [--record] [NAME…]`.
 * Without --cub it checks ours. With --record it writes what the client prints into the scenarios' files.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { binary, ours, readScenarios, runScenario } from '../support/cub-scenario.ts';
import type { Client, Outcome, Scenario, Step } from '../support/cub-scenario.ts';

const FOLDER = new URL('cub/', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cub: { type: 'string' }, record: { type: 'boolean' } },
});
const client: Client = values.cub === undefined ? ours : binary(values.cub);
const wanted = (scenario: Scenario): boolean =>
  positionals.length === 0 || positionals.some((name) => scenario.name.includes(name));

let differing = 0;
let passed = 0;
for (const { file, scenarios } of await readScenarios(FOLDER)) {
  const document = parseDocument(await readFile(new URL(file, FOLDER), 'utf8'));
  for (const [at, scenario] of scenarios.entries()) {
    if (!wanted(scenario)) continue;
    const outcomes = await runScenario(scenario, client);
    if (values.record === true) record(document, at, scenario, outcomes);
    else if (report(scenario, outcomes)) passed += 1;
    else differing += 1;
  }
  if (values.record === true)
    await writeFile(new URL(file, FOLDER), document.toString({ lineWidth: 0, blockQuote: 'literal' }));
}
if (values.record !== true) console.log(`${passed} scenarios agree, ${differing} differ`);
process.exitCode = differing === 0 ? 0 : 1;

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
