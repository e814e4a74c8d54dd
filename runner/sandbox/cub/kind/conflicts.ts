/** What a merge did not take, as details show it: the original knows no such thing, so its tables have no row for it. */
import type { Entity } from '../cub.ts';
import { partOf, partsOf, textOf } from '../entity.ts';
import { packJson } from '../go-json.ts';
import { shorten } from './details.ts';
import type { Rows } from './details.ts';

/** A value that fills more of a line is cut; `--json` has it whole. */
const LONGEST = 60;

/** A row for each conflict of a mutation or a revision. */
export function conflictRows(entity: Entity): Rows {
  return partsOf(entity, 'Conflicts').map((conflict) => ['Conflict', describeConflict(conflict)]);
}

function describeConflict(conflict: Entity): string {
  const resource = partOf(conflict, 'Resource');
  const names = [textOf(resource, 'ResourceType'), textOf(resource, 'ResourceNameWithoutScope')];
  const place = [...names, textOf(conflict, 'Path')].join(' ').trimEnd();
  const value = textOf(conflict, 'Value').trimEnd();
  const shown = value.includes('\n') ? packJson(value) : value;
  const change = `${textOf(conflict, 'MutationType')}${value === '' ? '' : ` to ${shorten(shown, LONGEST)}`}`;
  return `${place}: ${change} was not taken`;
}
