/** The functions that a hub, a target, a worker or a unit offers, and their copy in `$HOME/.confighub/functions.json`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Entity, Invocation } from './cub.ts';
import { entityOf, idOf } from './entity.ts';
import { Failure, messageOf } from './failure.ts';
import { packJson, shapeAs } from './go-json.ts';
import { localFile } from './local-files.ts';
import { targetKind } from './kind/target.ts';
import { unitKind } from './kind/unit.ts';
import { findEntity } from './lookup.ts';
import { findWorker } from './workers.ts';

/** As `{}{}FunctionSignature`: by toolchain, then by name. */
export const FUNCTIONS_SHAPE = '{}{}FunctionSignature';

/** Asks the hub for the functions and keeps them for `cub run`. */
export async function fetchFunctions(call: Invocation): Promise<Entity> {
  const about = await findSubject(call);
  const path = call.space.id === '*' ? '/function' : `/space/${call.space.id}/function`;
  const query = about === undefined ? {} : { entity: about.entity, id: about.id };
  const functions = entityOf((await call.hub.ask({ method: 'GET', path, query })).value);
  await saveFunctions(call, about?.id ?? 'builtin', functions);
  return functions;
}

const SUBJECTS = [
  ['target', (call: Invocation, name: string) => findEntity(call, targetKind, name), 'TargetID'],
  ['worker', findWorker, 'BridgeWorkerID'],
  ['unit', (call: Invocation, name: string) => findEntity(call, unitKind, name), 'UnitID'],
] as const;

async function findSubject(
  call: Invocation,
): Promise<{ readonly entity: string; readonly id: string } | undefined> {
  const subject = SUBJECTS.find(([flag]) => call.flags.text(flag) !== '');
  if (subject === undefined) return undefined;
  const [flag, find, id] = subject;
  const name = call.flags.text(flag);
  if (call.space.id === '*')
    throw new Failure("cannot use --space '*' with --target, --worker, or --unit flags");
  try {
    return { entity: flag, id: idOf(await find(call, name), id) };
  } catch (error) {
    throw new Failure(`failed to get ${flag} '${name}': ${messageOf(error)}`, { cause: error });
  }
}

async function saveFunctions(call: Invocation, entity: string, functions: Entity): Promise<void> {
  const file = localFile(call.around, 'functions.json');
  const before = await readFile(file, 'utf8')
    .then((text) => entityOf(JSON.parse(text)))
    .catch(() => ({}));
  const all = { ...before, [entity]: shapeAs(FUNCTIONS_SHAPE, functions) };
  await mkdir(localFile(call.around, ''), { recursive: true });
  await writeFile(file, packJson(all));
}
