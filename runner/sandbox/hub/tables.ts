/** The hub's tables in the store, and the two rows that every hub has: its organization and its one user. */
import type { Clock } from '../store/clock.ts';
import type { Ids } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from './context.ts';
import { formatTime } from './time.ts';

/** The SQL name of an entity type's table: `UnitEvent` is `unit_event`. */
export function tableName(type: keyof Tables): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

/** Makes the tables that are not there yet. */
export function openTables(store: Store): Tables {
  const bySpace = { indexes: ['$.SpaceID'] };
  return {
    Organization: store.table(tableName('Organization')),
    User: store.table(tableName('User')),
    Space: store.table(tableName('Space'), { indexes: ['$.Slug'] }),
    Unit: store.table(tableName('Unit'), {
      indexes: ['$.SpaceID', '$.UpstreamUnitID', '$.TargetID', '$.Slug'],
    }),
    Revision: store.table(tableName('Revision'), { indexes: ['$.RevisionID'] }),
    Mutation: store.table(tableName('Mutation')),
    UnitEvent: store.table(tableName('UnitEvent'), { indexes: ['$.QueuedOperationID'] }),
    QueuedOperation: store.table(tableName('QueuedOperation'), { indexes: ['$.BridgeWorkerID'] }),
    Target: store.table(tableName('Target'), bySpace),
    BridgeWorker: store.table(tableName('BridgeWorker'), bySpace),
    BridgeWorkerStatus: store.table(tableName('BridgeWorkerStatus')),
    Link: store.table(tableName('Link'), { indexes: ['$.SpaceID', '$.FromUnitID', '$.ToUnitID'] }),
    LinkFill: store.table(tableName('LinkFill'), { indexes: ['$.LinkID'] }),
    Filter: store.table(tableName('Filter'), bySpace),
    ChangeSet: store.table(tableName('ChangeSet'), bySpace),
    Tag: store.table(tableName('Tag'), bySpace),
    Trigger: store.table(tableName('Trigger'), bySpace),
    Invocation: store.table(tableName('Invocation'), bySpace),
    Set: store.table(tableName('Set'), bySpace),
    View: store.table(tableName('View'), bySpace),
  };
}

/** Finds or founds the organization and the user. */
export function foundOrganization(
  tables: Tables,
  clock: Clock,
  ids: Ids,
): { organizationId: string; userId: string } {
  const now = formatTime(clock.now());
  const common = { CreatedAt: now, UpdatedAt: now, Version: 1 };
  const organization = tables.Organization.list()[0]?.value;
  const organizationId = organization?.OrganizationID ?? ids.uuid();
  if (organization === undefined) {
    tables.Organization.put(organizationId, {
      ...common,
      OrganizationID: organizationId,
      EntityType: 'Organization',
      Slug: 'local',
      DisplayName: 'local',
      ExternalID: 'org_local',
    });
  }
  const user = tables.User.list()[0]?.value;
  const userId = user?.UserID ?? ids.uuid();
  if (user === undefined) {
    tables.User.put(userId, {
      ...common,
      UserID: userId,
      EntityType: 'User',
      Slug: 'me',
      DisplayName: 'me',
      ExternalID: 'user_local',
      Username: 'me@local',
      ProfilePictureURL: '',
    });
  }
  return { organizationId, userId };
}
