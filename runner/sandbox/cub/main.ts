/**
 * The `cub` command of the sandbox, for use without a process: words and streams in, exit code out. It finds the command,
 * reads its flags, does what every command of the original does first (session, space), and loads that command alone.
 */
import { checkArity } from './arity.ts';
import { commandSpec, flagsOf, takesSpace } from './commands.ts';
import type { FlagValues, Invocation, SelectedSpace, Surroundings } from './cub.ts';
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
  const { command, words } = findCommand(around.words);
  const spec = commandSpec(command);
  const { own, inherited } = flagsOf(command);
  const { args, flags } = parseFlags([...own, ...inherited], words);
  if (command === 'help') return printHelp(around, args);
  if (spec.group === true || flags.on('help')) return printHelp(around, command.split(' '));
  checkArity(spec.args, args.length);
  const call = await prepare(around, command, args, flags);
  const run = await loadCommand(command);
  if (run === undefined) throw new Failure(`cub ${command} is not implemented in the embedded cub`);
  return run({ ...call, space: await selectSpace(call) });
}

async function printHelp(around: Surroundings, topic: readonly string[]): Promise<void> {
  const { renderHelp } = await import('./help.ts');
  around.out(renderHelp(findCommand(topic[0] === 'cub' ? [] : topic).command));
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

async function selectSpace(call: Invocation): Promise<SelectedSpace> {
  if (!takesSpace(call.command)) return NO_SPACE;
  const wanted = call.flags.text('space');
  if (wanted === '*' && commandSpec(call.command).everySpace === true) return { id: '*', slug: '*' };
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
