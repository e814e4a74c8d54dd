/** Sets: groups of units of one space. A deleted set leaves its units alone. */
import { saveUnit } from '../history.ts';
import { organization, space } from '../extend.ts';
import type { UnitSet } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { NAMED } from '../shapes.ts';
import type { NamedFields } from '../shapes.ts';
import type { Kind } from './kind.ts';
import { usersOf } from './references.ts';

/** `/set` */
export const SET: Kind<UnitSet, NamedFields> = {
  type: 'Set',
  segment: 'set',
  shape: { type: 'Set', writable: NAMED, ignored: 'SetID' },
  embeds: { OrganizationID: organization, SpaceID: space },
  idOf: ({ SetID }) => SetID,
  table: (hub) => hub.tables.Set,
  select: (hub, query, scope) => selectEntities(hub, 'Set', query, scope),
  build: (_, stamp, fields, SetID) => ({ ...stamp, ...fields, SetID }),
  deleting: (hub, { SetID }) => {
    for (const unit of usersOf(hub.tables.Unit, 'SetID', SetID)) saveUnit(hub, { ...unit, SetID: null });
  },
};
