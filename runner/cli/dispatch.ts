/**
 * Chooses the command and turns whatever goes wrong into an exit code. A command's module is loaded only when it is
 * chosen: starting up is most of what a short run costs.
 */
import { suggest } from '../text/suggest.ts';
import type { CommandSpec, RunCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { parseArguments } from './parse-arguments.ts';
import { UsageError } from './usage-error.ts';

const LOADERS: Readonly<Record<string, () => Promise<RunCommand>>> = {
  run: async () => (await import('./run.ts')).run,
  plan: async () => (await import('./plan.ts')).plan,
  lint: async () => (await import('./lint.ts')).lint,
  mutate: async () => (await import('./mutate.ts')).mutate,
  update: async () => (await import('./update.ts')).update,
  watch: async () => (await import('./watch.ts')).watch,
  report: async () => (await import('./report.ts')).report,
  sandbox: async () => (await import('./sandbox.ts')).sandbox,
  preflight: async () => (await import('./preflight.ts')).preflight,
  cleanup: async () => (await import('./cleanup.ts')).cleanup,
  export: async () => (await import('./export.ts')).exportChapter,
  site: async () => (await import('./site.ts')).site,
  init: async () => (await import('./init.ts')).init,
  help: async () => (await import('./help.ts')).help,
  version: async () => (await import('./version.ts')).version,
  completion: async () => (await import('./completion.ts')).completion,
};

/** Words that people type for a command's name. */
const ALIASES: Readonly<Record<string, string>> = {
  '--help': 'help',
  '-h': 'help',
  '--version': 'version',
  '-V': 'version',
};

/** Runs the command that the words name. Never rejects. */
export async function dispatch(words: readonly string[], host: Host): Promise<number> {
  try {
    const [first, ...rest] = words;
    if (first === undefined) {
      const { renderOverview } = await import('./render-help.ts');
      host.stderr.write(renderOverview());
      return EXIT.usage;
    }
    return await runCommand(ALIASES[first] ?? first, rest, host);
  } catch (error) {
    return reportError(error, host);
  }
}

async function runCommand(name: string, words: readonly string[], host: Host): Promise<number> {
  const command = COMMANDS.find((known) => known.name === name);
  const load = LOADERS[name];
  if (command === undefined || load === undefined) throw unknownCommand(name);
  const input = parseArguments(command, words);
  if (input.flag('help')) return await showHelp(command, host);
  const run = await load();
  return await run(input, host);
}

async function showHelp(command: CommandSpec, host: Host): Promise<ExitCode> {
  const { renderCommandHelp } = await import('./render-help.ts');
  host.stdout.write(renderCommandHelp(command));
  return EXIT.ok;
}

function unknownCommand(name: string): UsageError {
  const names = COMMANDS.map((command) => command.name);
  const near = suggest(name, names);
  const what = name.startsWith('-')
    ? `there is no option ${name} before a command`
    : `there is no command \`${name}\``;
  return new UsageError(
    what,
    near === undefined ? `the commands are ${names.join(', ')}` : `did you mean mtx-doc ${near}?`,
  );
}

function reportError(error: unknown, host: Host): ExitCode {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? '' : `  hint: ${error.hint}\n`;
    host.stderr.write(`mtx-doc: ${error.message}\n${hint}`);
    return EXIT.usage;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.stderr.write(`mtx-doc: this is a fault of mtx-doc, not of a chapter\n${details}\n`);
  return EXIT.world;
}
