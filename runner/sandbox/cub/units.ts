/** What the commands about units share: their columns, waiting for triggers, and the report of bulk changes. */
import { columnTitle, columnValue } from './columns.ts';
import type { ColumnRules } from './columns.ts';
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, hasPart, idOf, numberOf, optionalIdOf, partOf, textOf } from './entity.ts';
import { Failure } from './failure.ts';
import { unitKind } from './kind/unit.ts';
import { getExtended } from './lookup.ts';
import { hasOtherOutput, headerOf, say, showData } from './print.ts';
import { neededFields } from './select.ts';
import { drawTable } from './table.ts';

const ALIASES = { Name: 'Unit.Slug', ID: 'Unit.UnitID' };

const RULES: ColumnRules = {
  entity: 'Unit',
  aliases: ALIASES,
  computed: {
    DataBytes: (item) => String(textOf(partOf(item, 'Unit'), 'Data').length),
    UpgradeNeeded: describeUpgrade,
    UnappliedChanges: (item) => {
      const unit = partOf(item, 'Unit');
      return numberOf(unit, 'HeadRevisionNum') > numberOf(unit, 'LiveRevisionNum') ? 'Yes' : '';
    },
  },
};

function describeUpgrade(item: Entity): string {
  if (!hasPart(item, 'UpstreamUnit')) return '';
  const merged = numberOf(partOf(item, 'Unit'), 'UpstreamRevisionNum');
  if (merged < numberOf(partOf(item, 'UpstreamUnit'), 'HeadRevisionNum')) return 'Yes';
  return merged > 0 ? 'No' : '';
}

function shownColumns(call: Invocation): readonly string[] {
  const given = call.flags.text('columns');
  return given === '' ? unitKind.columns : given.split(',').map((column) => column.trim());
}

/** A unit that is held in a changeset must show it; where none is, the table is the one of August 2025. */
function withChangeSets(call: Invocation, items: readonly Entity[]): readonly string[] {
  const columns = shownColumns(call);
  const isHeld = items.some((item) => optionalIdOf(partOf(item, 'Unit'), 'ChangeSetID') !== '');
  if (call.flags.text('columns') !== '' || !isHeld) return columns;
  return columns.flatMap((column) => (column === 'Space.Slug' ? [column, 'ChangeSet.Slug'] : [column]));
}

interface UnitTable {
  /** In place of those that the command line asks for. */
  readonly columns?: readonly string[] | undefined;
  /** A column before them. */
  readonly first?: { readonly title: string; readonly cells: readonly string[] };
}

/** The table of `unit list`. */
export function drawUnits(call: Invocation, items: readonly Entity[], table: UnitTable = {}): string {
  const columns = table.columns ?? withChangeSets(call, items);
  const { first } = table;
  const header = columns.map((column) => columnTitle(RULES, column));
  const rows = items.map((item) => columns.map((column) => columnValue(RULES, item, column)));
  if (first === undefined) return drawTable(headerOf(call, header), rows);
  return drawTable(
    headerOf(call, [first.title, ...header]),
    rows.map((row, at) => [first.cells[at] ?? '', ...row]),
  );
}

/** The fields that the table needs. */
export function unitFields(call: Invocation): string {
  return neededFields({
    entity: 'Unit',
    shown: shownColumns(call),
    aliases: ALIASES,
    needs: {
      DataBytes: ['Data'],
      UpgradeNeeded: ['UpstreamRevisionNum', 'UpstreamUnit.HeadRevisionNum'],
      UnappliedChanges: ['HeadRevisionNum', 'LiveRevisionNum'],
    },
    base: ['Slug', 'UnitID', 'SpaceID', 'OrganizationID'],
    include: 'TargetID,UpstreamUnitID,SpaceID',
  });
}

const PENDING = 'awaiting/triggers';
const TRIES = 100;

/** Waits until no trigger of the unit is pending. Gives up after 100 looks, some 25 s. */
export async function awaitTriggers(call: Invocation, unit: Entity): Promise<void> {
  let seen = unit;
  let pause = 25;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (partOf(seen, 'ApplyGates')[PENDING] === undefined) return;
    await sleep(pause);
    pause = Math.min(pause * 2, 250);
    seen = partOf(await getExtended(call, unitKind, idOf(unit, 'UnitID'), '', idOf(unit, 'SpaceID')), 'Unit');
  }
  throw new Failure(`triggers didn't execute on unit ${textOf(seen, 'Slug')}`);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

export interface BulkChange {
  readonly verb: 'create' | 'update' | 'upgrade';
  /** What the change came from; empty if there is no such thing. */
  readonly source: string;
  readonly status: number;
  readonly value: unknown;
}

/** Waits for triggers, reports a bulk create, update or upgrade; throws Failure if nothing succeeded. */
export async function reportUnits(call: Invocation, change: BulkChange): Promise<void> {
  const results = entitiesOf(change.value);
  const errors = results
    .filter((result) => hasPart(result, 'Error'))
    .map((result) => partOf(result, 'Error'));
  const units = results.filter((result) => !hasPart(result, 'Error') && hasPart(result, 'Unit'));
  const plain = !call.flags.on('quiet') && !hasOtherOutput(call);
  const shown = call.flags.on('wait') && units.length > 0 ? await awaitAll(call, units, plain) : units;
  if (plain) {
    if (call.flags.on('verbose') && shown.length > 0) call.around.out(drawUnits(call, shown));
    if (errors.length > 0) {
      say(call, `Failed to ${change.verb} units:`);
      call.around.out(drawErrors(call, errors));
    }
    say(call, summarise(change, units.length, errors.length, results.length));
  }
  await showData(call, '[]UnitCreateOrUpdateResponse', change.value);
  if (errors.length > 0 && units.length === 0) throw new Failure(`all bulk ${change.verb} operations failed`);
}

/** The units, read again when their triggers are done. */
async function awaitAll(call: Invocation, results: readonly Entity[], plain: boolean): Promise<Entity[]> {
  if (plain) say(call, 'Awaiting triggers...');
  const units: Entity[] = [];
  for (const result of results) {
    const unit = partOf(result, 'Unit');
    const item = await getExtended(call, unitKind, idOf(unit, 'UnitID'), '', idOf(unit, 'SpaceID'));
    await awaitTriggers(call, partOf(item, 'Unit'));
    units.push(item);
  }
  return units;
}

function summarise(change: BulkChange, done: number, failed: number, total: number): string {
  const { verb, source } = change;
  if (change.status === 207)
    return `Bulk ${verb} completed with mixed results: ${done} succeeded, ${failed} failed out of ${total} total units`;
  return `Bulk ${verb} completed successfully: ${done} units ${verb}${source === '' ? '' : ` from ${source}`}`;
}

function drawErrors(call: Invocation, errors: readonly Entity[]): string {
  const rows = errors.map((error) => {
    const about = partOf(error, 'ErrorMetadata');
    const status = String(numberOf(error, 'Status'));
    return [
      textOf(about, 'EntityType') || 'unknown',
      textOf(about, 'EntityID') || 'unknown',
      status,
      textOf(error, 'Message'),
    ];
  });
  return drawTable(headerOf(call, ['Entity Type', 'Entity ID', 'Status', 'Message']), rows);
}
