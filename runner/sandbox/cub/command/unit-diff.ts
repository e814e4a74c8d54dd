/** `cub unit diff <unit> [from [to]]`: what `to` (head) has that `from` (live) has not, signs inverted as in the original. */
import type { Entity, Invocation } from '../cub.ts';
import { renderNumbered, renderUnified } from '../diff-text.ts';
import { idOf, numberOf, textOf } from '../entity.ts';
import { Failure, messageOf } from '../failure.ts';
import { unitKind } from '../kind/unit.ts';
import { diffLines } from '../line-diff.ts';
import { findEntity } from '../lookup.ts';
import { findRevision } from '../revisions.ts';
import { decode } from '../unit-view.ts';

const LIVE = 'live';
const HEAD = 'head';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  const range = chooseRange(call);
  const from = await resolveRevision(call, name, range.from);
  const to = await resolveRevision(call, name, range.to);
  const unitId = idOf(await findUnit(call, name), 'UnitID');
  const fromText = await readRevision(call, unitId, from);
  const toText = await readRevision(call, unitId, to);
  const segments = diffLines(toText, fromText);
  const names = { from: `${call.space.slug}/${name}/${from}`, to: `${call.space.slug}/${name}/${to}` };
  call.around.out(
    call.flags.on('unified')
      ? renderUnified(segments, names, call.flags.on('color'))
      : renderNumbered(segments),
  );
}

function chooseRange(call: Invocation): { readonly from: string; readonly to: string } {
  const from = call.flags.text('from');
  const to = call.flags.text('to');
  const [, first, second] = call.args;
  if (from !== LIVE || to !== HEAD) {
    if (first !== undefined) throw new Failure('cannot mix positional arguments with --from/--to flags');
    return { from, to };
  }
  if (second !== undefined) return { from: first ?? LIVE, to: second };
  return { from: LIVE, to: first ?? HEAD };
}

async function findUnit(call: Invocation, name: string): Promise<Entity> {
  return findEntity(call, unitKind, name).catch((error: unknown) => {
    throw new Failure(`failed to get unit ${name}: ${messageOf(error)}`, { cause: error });
  });
}

async function resolveRevision(call: Invocation, name: string, wanted: string): Promise<number> {
  const number = await revisionNumber(call, name, wanted);
  if (number === 0) throw new Failure(`revision ${wanted} not found or is invalid`);
  return number;
}

async function revisionNumber(call: Invocation, name: string, wanted: string): Promise<number> {
  if (wanted === LIVE) return numberOf(await findUnit(call, name), 'LiveRevisionNum');
  if (wanted === HEAD) return numberOf(await findUnit(call, name), 'HeadRevisionNum');
  if (!/^[+-]?\d+$/.test(wanted)) throw new Failure(`invalid revision reference: ${wanted}`);
  return Number(wanted);
}

async function readRevision(call: Invocation, unitId: string, number: number): Promise<string> {
  const revision = await findRevision(call, unitId, number).catch((error: unknown) => {
    throw new Failure(`failed to get revision ${number}: ${messageOf(error)}`, { cause: error });
  });
  return decode(textOf(revision, 'Data'));
}
