/** Organizations, their members and users: what stands outside of spaces and can only be read. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, entityOf, idOf, isUuid, pairsOf, textOf } from './entity.ts';
import { Failure } from './failure.ts';
import type { Rows } from './kind/details.ts';
import { timeRows } from './kind/details.ts';
import { neededFields } from './select.ts';

interface Directory {
  readonly path: (organization: string) => string;
  readonly shape: string;
  /** What `--names` prints. */
  readonly nameField: string;
  /** What `get` looks for. */
  readonly keyField: string;
  readonly missing: (name: string, organization: Entity) => string;
  /** The `select` parameter of lists, if the hub takes one. */
  readonly fields?: string;
  readonly header: readonly string[];
  readonly row: (item: Entity) => readonly string[];
  readonly details: (item: Entity) => Rows;
}

const ORGANIZATION: Directory = {
  path: () => '/organization',
  shape: 'Organization',
  nameField: 'Slug',
  keyField: 'Slug',
  missing: (name) => `organization ${name} not found`,
  fields: neededFields({
    entity: 'Organization',
    shown: ['DisplayName', 'OrganizationID', 'BillingAccountID', 'ExternalID'],
    base: ['Slug', 'OrganizationID'],
    include: '',
  }),
  header: ['Display-Name', 'ID', 'Billing-ID', 'External-ID'],
  row: (item) => [
    textOf(item, 'DisplayName'),
    idOf(item, 'OrganizationID'),
    idOf(item, 'BillingAccountID'),
    textOf(item, 'ExternalID'),
  ],
  details: (item) => [
    ['Organization ID', idOf(item, 'OrganizationID')],
    ['Display Name', textOf(item, 'DisplayName')],
    ...timeRows(item),
    ['Labels', pairsOf(item, 'Labels')],
    ['Annotations', pairsOf(item, 'Annotations')],
    ['Billing Account ID', idOf(item, 'BillingAccountID')],
    ['External ID', textOf(item, 'ExternalID')],
  ],
};

const userCells = (item: Entity): readonly string[] => [
  idOf(item, 'UserID'),
  textOf(item, 'ExternalID'),
  textOf(item, 'DisplayName'),
  textOf(item, 'Username'),
];

const userRows = (item: Entity): Rows =>
  userCells(item).map(
    (cell, at) => [['User ID', 'External ID', 'Display Name', 'Username'][at] ?? '', cell] as const,
  );

const MEMBER: Directory = {
  path: (organization) => `/organization/${organization}/organization_member`,
  shape: 'OrganizationMember',
  nameField: 'Username',
  keyField: 'Username',
  missing: (name, organization) =>
    `organizationMember ${name} not found in organization ${textOf(organization, 'Slug')}`,
  header: ['User-ID', 'External-ID', 'Name', 'Username', 'Org-ID', 'Org-Ext-ID'],
  row: (item) => [...userCells(item), idOf(item, 'OrganizationID'), textOf(item, 'ExternalOrganizationID')],
  details: (item) => [
    ...userRows(item),
    ['Organization ID', idOf(item, 'OrganizationID')],
    ['External Organization ID', textOf(item, 'ExternalOrganizationID')],
  ],
};

const USER: Directory = {
  path: () => '/user',
  shape: 'User',
  nameField: 'Slug',
  keyField: 'Username',
  missing: (name) => `user ${name} not found`,
  header: ['User-ID', 'External-ID', 'Name', 'Username'],
  row: userCells,
  details: userRows,
};

const DIRECTORIES: Readonly<Record<string, Directory>> = {
  organization: ORGANIZATION,
  'organization-member': MEMBER,
  user: USER,
};

/** The directory that a command is about, with the organization that the context names (users need none). */
export async function openDirectory(
  call: Invocation,
): Promise<{ readonly directory: Directory; readonly organization: Entity }> {
  const directory = DIRECTORIES[call.command.split(' ')[0] ?? ''];
  if (directory === undefined) throw new Error(`${call.command} is about no directory`);
  if (directory === USER) return { directory, organization: {} };
  const { organizationId } = call.context;
  if (organizationId === '')
    throw new Failure(
      'organization is required. Set with --organization option or set in context with the context sub-command',
    );
  const { value } = await call.hub.ask({ method: 'GET', path: `/organization/${organizationId}` });
  return { directory, organization: entityOf(value) };
}

/** The entries, chosen by `where`. */
export async function listDirectory(
  call: Invocation,
  directory: Directory,
  organization: Entity,
  query: Readonly<Record<string, string>>,
): Promise<Entity[]> {
  const path = directory.path(idOf(organization, 'OrganizationID'));
  const contains = call.flags.text('contains');
  const { value } = await call.hub.ask({ method: 'GET', path, query: { contains, ...query } });
  return entitiesOf(value);
}

/** The entry with this id or name. */
export async function findInDirectory(
  call: Invocation,
  directory: Directory,
  organization: Entity,
  name: string,
): Promise<Entity> {
  const path = directory.path(idOf(organization, 'OrganizationID'));
  const read = async (id: string): Promise<Entity> =>
    entityOf((await call.hub.ask({ method: 'GET', path: `${path}/${id}` })).value);
  if (isUuid(name)) return read(name.toLowerCase());
  const where = `${directory.keyField} = '${name}'`;
  const entries = await listDirectory(call, directory, organization, { where });
  const match = entries.find((entry) => textOf(entry, directory.keyField) === name);
  if (match === undefined) throw new Failure(directory.missing(name, organization));
  return directory === USER ? read(idOf(match, 'UserID')) : match;
}
