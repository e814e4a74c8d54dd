/**
 * `npm run conformance:kube -- [--kubectl PATH] [FILE…]`: runs each scenario on the emulator and on a real control plane, with
 * the same client, and compares what is printed, exit codes and the objects that are left. A difference fails unless it is
 * listed with a reason, and so does a list that is too long or names what agrees.
 */
import { parseArgs } from 'node:util';
import { groupSteps, type Scenario } from '../support/kubectl-grouping.ts';
import {
  isListed,
  MOST_LISTED,
  openCluster,
  readDifferences,
  readSessions,
  type OpenCluster,
  type Outcome,
  type Session,
} from '../support/kubectl-scenario.ts';
import { listKinds, readObjects, readVersion, subtract, type LeftObjects } from '../support/left-objects.ts';

/** Of the real control plane, and of the emulator. */
type Pair<T> = readonly [T, T];
type Told = Pair<Set<string>>;

/** Controllers of both clusters must have come to rest by then. */
const SETTLED_MS = 25_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kubectl: { type: 'string' } },
});
const progress = (line: string): void => console.error(line);
const { differences, objects } = await readDifferences();
const counts = { scenarios: 0, commands: 0, differ: 0 };
const seen = new Set<string>();
const clusters: OpenCluster[] = [];
let minor = '';
try {
  for (const cluster of ['control-plane', 'emulator'])
    clusters.push(await openCluster({ cluster, progress, ...values }));
  const [real, emulated] = clusters;
  minor = real?.minor ?? '';
  if (real !== undefined && emulated !== undefined) await compareClusters(real, emulated);
} finally {
  for (const cluster of clusters) await cluster.close();
}
const listed = [
  ...differences
    .filter(({ versions }) => versions?.includes(minor) ?? true)
    .map(({ file, run, reason }) => ({ file, what: run, reason })),
  ...objects.map(({ file, lines, reason }) => ({ file, what: lines, reason })),
];
const total = differences.length + objects.length;
const stale = positionals.length > 0 ? [] : listed.filter(({ file, what }) => !seen.has(keyOf(file, what)));
for (const { file, what } of stale)
  console.log(`--- ${file}: ${what}\nagrees, but is listed as a difference`);
console.log(`${counts.scenarios} scenarios, ${counts.commands} commands: ${counts.differ} differ`);
console.log(`${total} listed differences of at most ${MOST_LISTED}; those of kubectl ${minor}:`);
for (const { file, what, reason } of listed) console.log(`  ${file}: ${what}\n    ${reason}`);
process.exitCode = counts.differ === 0 && stale.length === 0 && total <= MOST_LISTED ? 0 : 1;

async function compareClusters(real: OpenCluster, emulated: OpenCluster): Promise<void> {
  const kinds = await listKinds(emulated);
  const pair = [real, emulated] as const;
  const before = await both(pair, (cluster) => readObjects(cluster, kinds));
  const left = (): Promise<Pair<LeftObjects>> =>
    both(pair, async (cluster, index) => subtract(await readObjects(cluster, kinds), before[index] ?? []));
  for (const session of await readSessions()) {
    if (positionals.length > 0 && !positionals.includes(session.file)) continue;
    await both(pair, (cluster) => cluster.prepare(session));
    const told: Told = [new Set(), new Set()];
    const scenarios = groupSteps(session);
    let seenVersion = '';
    for (const scenario of scenarios) {
      await compareCommands(pair, scenario);
      // What is refused in both writes nothing; should it have, the next comparison finds it.
      const version = await readVersion(emulated);
      if (version !== seenVersion || scenario === scenarios.at(-1)) await compareLeft(left, told, scenario);
      seenVersion = version;
    }
    progress(`${session.file}: ${counts.scenarios} scenarios so far, ${counts.differ} differ`);
  }
}

async function compareCommands(pair: Pair<OpenCluster>, scenario: Scenario): Promise<void> {
  counts.scenarios += 1;
  for (const { run } of scenario.steps) {
    counts.commands += 1;
    const [expected, got] = await both(pair, (cluster) => cluster.runStep(run));
    if (JSON.stringify(expected) === JSON.stringify(got)) continue;
    if (report(scenario.session, run)) console.log(`real: ${render(expected)}\nemulator: ${render(got)}`);
  }
}

/** A difference is told once, of the scenario that made it, although it stays as long as the object does. */
async function compareLeft(
  left: () => Promise<Pair<LeftObjects>>,
  told: Told,
  { session, title }: Scenario,
): Promise<void> {
  const differ = async (): Promise<Pair<LeftObjects>> => {
    const [expected, got] = await left();
    return [
      subtract(expected, got).filter((line) => !told[0].has(line) && !isKnownLine(session, line)),
      subtract(got, expected).filter((line) => !told[1].has(line) && !isKnownLine(session, line)),
    ];
  };
  const until = Date.now() + SETTLED_MS;
  let found = await differ();
  while (found.some(({ length }) => length > 0) && Date.now() < until) found = await differ();
  for (const [index, lines] of found.entries()) for (const line of lines) told[index]?.add(line);
  const [missing, more] = found;
  if (missing.length + more.length === 0 || !report(session, `objects left by: ${title}`)) return;
  console.log([...missing.map((line) => `- ${line}`), ...more.map((line) => `+ ${line}`)].join('\n'));
}

/** Counts a difference; false where it is a listed one. */
function report(session: Session, run: string): boolean {
  if (isListed(differences, session.file, run, minor)) {
    seen.add(keyOf(session.file, run));
    return false;
  }
  counts.differ += 1;
  console.log(`--- ${session.file}: ${run}`);
  return true;
}

function isKnownLine({ file }: Session, line: string): boolean {
  const known = objects.find((one) => one.file === file && new RegExp(one.lines).test(line));
  if (known !== undefined) seen.add(keyOf(file, known.lines));
  return known !== undefined;
}

function render({ out, err, exit }: Outcome): string {
  return `(exit ${exit})\n${out}${err}`;
}

function keyOf(file: string, run: string): string {
  return `${file}: ${run}`;
}

async function both<T, R>(pair: Pair<T>, work: (one: T, index: number) => Promise<R>): Promise<Pair<R>> {
  const [first, second] = pair;
  return await Promise.all([work(first, 0), work(second, 1)]);
}
