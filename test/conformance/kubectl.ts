/**
 * Holds a cluster to what a real control plane was recorded to say to kubectl: `npm run conformance:kubectl -- [--cluster
 * emulator|control-plane] [--kubectl PATH] [--record] [FILE…]`. With --record it writes what the control plane says into the
 * sessions' files; what a kubectl of another minor version says differently is kept beside that of 1.34.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import {
  expectedOutcome,
  isListed,
  readDifferences,
  readSessions,
  openCluster,
  type Outcome,
  type Session,
} from '../support/kubectl-scenario.ts';

/** The version whose texts are written beside the commands themselves. */
const BASE = '1.34';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cluster: { type: 'string', default: 'emulator' },
    kubectl: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const { cluster, kubectl, record: recording } = values;
if (recording && cluster !== 'control-plane') {
  console.error('Only what a real control plane says is recorded: give --cluster control-plane.');
  process.exit(2);
}
const { differences } = await readDifferences();
const counts = { agree: 0, differ: 0, listed: 0, stale: 0 };
const opened = await openCluster({ cluster, ...(kubectl === undefined ? {} : { kubectl }) });
try {
  for (const session of await readSessions()) {
    if (positionals.length > 0 && !positionals.includes(session.file)) continue;
    const outcomes = await opened.run(session);
    if (recording) await record(session, opened.minor, outcomes);
    else judge(session, opened.minor, outcomes);
  }
} finally {
  await opened.close();
}
const version = opened.minor;
console.log(
  recording
    ? `recorded with kubectl ${version}`
    : `kubectl ${version}, ${cluster}: ${counts.agree} commands agree, ${counts.differ} differ, ${counts.listed} differ as listed, ${counts.stale} listed agree`,
);
process.exitCode = counts.differ + counts.stale === 0 ? 0 : 1;

function judge(session: Session, minor: string, outcomes: readonly Outcome[]): void {
  for (const [index, step] of session.steps.entries()) {
    const expected = expectedOutcome(step, minor);
    const outcome = outcomes[index];
    const agrees = JSON.stringify(outcome) === JSON.stringify(expected);
    const listed = cluster === 'emulator' && isListed(differences, session.file, step.run, minor);
    if (agrees && listed) {
      counts.stale += 1;
      console.log(
        `--- ${session.file}: ${step.run}\nagrees, but is listed as a difference: take it off the list`,
      );
    } else if (agrees) counts.agree += 1;
    else if (listed) counts.listed += 1;
    else {
      counts.differ += 1;
      console.log(`--- ${session.file}: ${step.run}`);
      console.log(`expected (exit ${expected.exit}):\n${expected.out}${expected.err}`);
      console.log(`got (exit ${outcome?.exit ?? 0}):\n${outcome?.out ?? ''}${outcome?.err ?? ''}`);
    }
  }
}

async function record(session: Session, minor: string, outcomes: readonly Outcome[]): Promise<void> {
  const file = new URL(`kubectl/${session.file}`, import.meta.url);
  const document = parseDocument(await readFile(file, 'utf8'));
  const { steps } = document.toJS() as Session;
  for (const [index, step] of steps.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) continue;
    const isBase = minor === BASE;
    const usual = isBase ? { out: '', err: '', exit: 0 } : expectedOutcome(step, BASE);
    const path = ['steps', index, ...(isBase ? [] : ['versions', minor])];
    if (!isBase && document.hasIn(path)) document.deleteIn(path);
    for (const field of ['out', 'err', 'exit'] as const) {
      if (outcome[field] !== usual[field]) document.setIn([...path, field], outcome[field]);
      else if (isBase) document.deleteIn([...path, field]);
    }
  }
  await writeFile(file, document.toString({ lineWidth: 0, blockQuote: 'literal' }));
}
