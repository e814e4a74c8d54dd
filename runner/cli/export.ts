/** `mtx-doc export`: a chapter as one bash script, for a reader who wants to download the lesson. */
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { exportScript } from '../export/export-script.ts';
import type { Phase, Script } from '../export/export.ts';
import type { Chain } from '../plan/plan.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import type { Host } from './host.ts';
import { loadPlan } from './load-plan.ts';
import { showProblems } from './show-problems.ts';
import { UsageError } from './usage-error.ts';

/** What the sandbox has; a reader whose world has more says so in MTX_HAS. */
const CAPABILITIES = ['rbac'] as const;

export const exportChapter: RunCommand = async (input, host) => {
  const plan = await loadPlan(onlyPaths(input), host);
  if (plan === undefined) return EXIT.usage;
  const [chain, ...others] = plan.chains;
  if (chain === undefined || others.length > 0)
    throw new UsageError(
      `${input.arguments.join(' ')} names ${plan.chains.length} chapters`,
      'export takes one',
    );
  const script = makeScript(chain, input);
  const read = (file: string): string => readFileSync(resolve(host.cwd, file), 'utf8');
  if (showProblems(script.problems, read, host)) return EXIT.usage;
  const output = input.text('output');
  if (output === undefined) host.stdout.write(script.text);
  else writeScript(output, script.text, host);
  return EXIT.ok;
};

/** A phase is of the chapter alone: what it needs has been deployed before. */
function makeScript({ chapters }: Chain, input: CommandInput): Script {
  const phase = (input.text('phase') ?? 'all') as Phase;
  const all = chapters.map(({ chapter }) => chapter);
  const last = all.at(-1);
  const ending = phase === 'all' ? '.sh' : `-${phase}.sh`;
  const name = input.text('output') ?? `${basename(last?.file ?? '', '.md')}${ending}`;
  return exportScript({
    chapters: phase === 'all' ? all : all.slice(-1),
    phase,
    name: basename(name),
    capabilities: CAPABILITIES,
  });
}

/** The options of `run` that `loadPlan` asks for. */
function onlyPaths(input: CommandInput): CommandInput {
  return {
    arguments: input.arguments,
    flag: (name) => name === 'no-needs' && input.flag(name),
    text: () => undefined,
    number: () => undefined,
  };
}

/** Readers of the file see all of it or nothing. Throws UsageError where it cannot be written. */
function writeScript(output: string, text: string, { cwd }: Host): void {
  const path = resolve(cwd, output);
  const temporary = join(dirname(path), `.${basename(path)}.${String(process.pid)}.tmp`);
  try {
    writeFileSync(temporary, text);
    chmodSync(temporary, 0o755);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const cause = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--output ${output} cannot be written: ${cause}`, undefined, { cause: error });
  }
}
