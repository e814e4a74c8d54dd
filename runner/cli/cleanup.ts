/** `mtx-doc cleanup`: lists what a prefix left, asks, removes it. */
import { findLeftovers } from '../world/cleanup/find-leftovers.ts';
import type { Entity, Leftovers } from '../world/cleanup/leftovers.ts';
import { removeLeftovers } from '../world/cleanup/remove-leftovers.ts';
import { WorldNotReady } from '../world/not-ready.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { readPrefix } from './prefix.ts';
import { namesWorld, reachWorld, type Reached } from './reach-world.ts';
import { UsageError } from './usage-error.ts';

export const cleanup: RunCommand = async (input, host) => {
  const prefix = readPrefix(host, input.text('prefix'));
  if (!namesWorld(input, host))
    throw new UsageError(
      'cleanup needs a world to clean',
      'give --state DIR, or --cluster context:NAME and --hub URL, or type it in the shell of mtx-doc sandbox',
    );
  try {
    return await reachWorld(input, host, (reached) => cleanWorld(prefix, reached, input, host));
  } catch (error) {
    if (!(error instanceof WorldNotReady)) throw error;
    host.stderr.write(`mtx-doc: ${error.message}\n  ${error.remedy}\n`);
    return EXIT.world;
  }
};

async function cleanWorld(
  prefix: string,
  reached: Reached,
  input: CommandInput,
  host: Host,
): Promise<ExitCode> {
  const found = await findLeftovers(reached.clients, prefix, reached);
  const lines = describe(found);
  if (lines.length === 0) {
    host.stdout.write(`Nothing of the prefix ${prefix} is in ${reached.name}.\n`);
    return EXIT.ok;
  }
  host.stdout.write(`The prefix ${prefix} left in ${reached.name}:\n${lines.join('\n')}\n`);
  if (input.flag('dry-run')) return EXIT.ok;
  if (!(await mayRemove(input, host))) return EXIT.usage;
  let kept = 0;
  for await (const { what, complaint } of removeLeftovers(reached.clients, found)) {
    if (complaint === undefined) host.stdout.write(`removed ${what}\n`);
    else {
      kept += 1;
      host.stdout.write(`still there: ${what}: ${complaint}\n`);
    }
  }
  if (kept === 0) return EXIT.ok;
  host.stderr.write(`mtx-doc: ${kept} could not be removed; put right what they say, and clean up again\n`);
  return EXIT.world;
}

async function mayRemove(input: CommandInput, host: Host): Promise<boolean> {
  if (input.flag('yes')) return true;
  if (!host.interactive) {
    host.stderr.write('mtx-doc: nothing was removed, because nobody can be asked here; add --yes\n');
    return false;
  }
  const answer = await host.ask('Remove all of this? [y/N] ');
  if (/^y(es)?$/i.test(answer.trim())) return true;
  host.stderr.write('Nothing was removed.\n');
  return false;
}

/** A line per thing; what is in a space stands below it. */
function describe({ spaces, entities, cluster }: Leftovers): readonly string[] {
  return [
    ...spaces.flatMap((slug) => [
      `  space ${slug}`,
      ...entities.filter(({ space }) => space === slug).map((entity) => `    ${describeEntity(entity)}`),
    ]),
    ...cluster.map(({ kind, name }) => `  ${kind} ${name}`),
  ];
}

const FATES: Readonly<Record<Entity['deployed'], string>> = {
  no: '',
  live: ' (deployed: destroyed first)',
  stranded: ' (deployed, and no worker answers: goes with its namespace)',
};

function describeEntity({ kind, slug, deployed }: Entity): string {
  return `${kind} ${slug}${FATES[deployed]}`;
}
