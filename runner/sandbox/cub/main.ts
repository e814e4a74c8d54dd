/**
 * The `cub` command of the sandbox, for use without a process: words and streams in, exit code out. It finds the command,
 * reads its flags, does what every command of the original does first (session, space), and loads that command alone.
 */
import { checkArity } from './arity.ts';
import { describeCommand, takesSpace } from './commands.ts';
import type {
  CommandDescription,
  CommandSpec,
  FlagValues,
  Invocation,
  SelectedSpace,
  Surroundings,
} from './cub.ts';
import { Failure } from './failure.ts';
import { findCommand } from './find.ts';
import { parseFlags } from './flags.ts';
import { openHub } from './hub.ts';
import { readContext, readSession } from './local-files.ts';
import { loadCommand } from './modules.ts';

/** Exit code: 0, or 1 after `Failed: …` on stderr. Anything thrown besides is a defect of ours. */
export async function runCub(around: Surroundings): Promise<number> {
  try {
    await dispatch(around);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const line = `Failed: ${error.message}\n`;
    around.err(around.colour ? `\u001B[31;1m${line}\u001B[0m` : line);
    return 1;
  }
}

async function dispatch(around: Surroundings): Promise<void> {
  const { description, words } = await find(around, around.words);
  const { name, spec, own, inherited } = description;
  const { args, flags } = parseFlags([...own, ...inherited], words);
  if (name === 'help') return printHelp(around, args);
  if (spec.group === true || flags.on('help')) return showHelp(around, description);
  checkArity(spec.args, args.length);
  const call = await prepare(around, name, args, flags);
  const run = await loadCommand(name);
  if (run === undefined) throw new Failure(`cub ${name} is not implemented in the embedded cub`);
  return run({ ...call, space: await selectSpace(call, spec) });
}

interface Wanted {
  readonly description: CommandDescription;
  readonly words: readonly string[];
}

/** The command that is meant; those below `run` come from a file. */
async function find(around: Surroundings, words: readonly string[]): Promise<Wanted> {
  const found = findCommand(words);
  if (found.command === 'run') return (await import('./function-commands.ts')).findFunction(around, found);
  return { description: describeCommand(found.command), words: found.words };
}

async function printHelp(around: Surroundings, topic: readonly string[]): Promise<void> {
  return showHelp(around, (await find(around, topic[0] === 'cub' ? [] : topic)).description);
}

async function showHelp(around: Surroundings, description: CommandDescription): Promise<void> {
  const { renderHelp } = await import('./help.ts');
  around.out(renderHelp(description));
}

const NO_SPACE: SelectedSpace = { id: '', slug: '' };

async function prepare(
  around: Surroundings,
  command: string,
  args: readonly string[],
  flags: FlagValues,
): Promise<Invocation> {
  const context = await readContext(around);
  const session = await readSession(around);
  if (session === undefined) around.out('No session. Only unauthenticated commands will work\n');
  const known = session ?? {
    user: { id: '', email: '' },
    accessToken: '',
    organizationId: '',
    authType: '',
    password: '',
  };
  if (
    known.accessToken === '' &&
    known.password === '' &&
    !['auth login', 'auth test-login'].includes(command)
  )
    throw new Failure(
      'you must be authenticated to execute this command. Log in with the command: cub auth login',
    );
  const debug = flags.on('debug') || around.env['CONFIGHUB_DEBUG'] === '1';
  const trace = debug ? { trace: (text: string) => around.out(text) } : {};
  const hub = openHub({ url: context.url, session: known, ...trace });
  return { command, args, flags, space: NO_SPACE, session: known, context, hub, around };
}

async function selectSpace(call: Invocation, spec: CommandSpec): Promise<SelectedSpace> {
  if (!takesSpace(call.command)) return NO_SPACE;
  const wanted = call.flags.text('space');
  if (wanted === '*' && spec.everySpace === true) return { id: '*', slug: '*' };
  if (wanted === '*')
    throw new Failure(`space wildcard * not permitted for command ${call.command.split(' ').at(-1) ?? ''}`);
  if (wanted !== '') {
    const { findSpace } = await import('./lookup.ts');
    const { idOf, textOf } = await import('./entity.ts');
    const space = await findSpace(call, wanted);
    return { id: idOf(space, 'SpaceID'), slug: textOf(space, 'Slug') };
  }
  if (call.context.spaceId !== '') return { id: call.context.spaceId, slug: call.context.space };
  throw new Failure(
    'space is required. Set with --space option or set in context with the context sub-command',
  );
}
