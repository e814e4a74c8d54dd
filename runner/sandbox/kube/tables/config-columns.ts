/** The tables of configuration and identities: config maps, secrets, service accounts, role bindings. */
import type { JsonObject } from '../kube.ts';
import { objectAt, objectsAt, textAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn, wideColumn } from './column.ts';
import type { Column } from './column.ts';

export const configMapColumns: readonly Column[] = [
  nameColumn,
  column(
    'Data',
    'Number of entries.',
    (object) =>
      Object.keys(objectAt(object, 'data')).length + Object.keys(objectAt(object, 'binaryData')).length,
  ),
  ageColumn,
];

export const secretColumns: readonly Column[] = [
  nameColumn,
  column('Type', 'What kind of secret it is.', (secret) => textAt(secret, 'type')),
  column('Data', 'Number of entries.', (secret) => Object.keys(objectAt(secret, 'data')).length),
  ageColumn,
];

export const serviceAccountColumns: readonly Column[] = [
  nameColumn,
  column(
    'Secrets',
    'Number of secrets that its pods may use.',
    (account) => objectsAt(account, 'secrets').length,
  ),
  ageColumn,
];

export const roleBindingColumns: readonly Column[] = [
  nameColumn,
  column(
    'Role',
    'The role that is granted.',
    (binding) => `${textAt(binding, 'roleRef', 'kind')}/${textAt(binding, 'roleRef', 'name')}`,
  ),
  ageColumn,
  wideColumn('Users', 'Users that have the role.', (binding) =>
    listSubjects(objectsAt(binding, 'subjects'), 'User'),
  ),
  wideColumn('Groups', 'Groups that have the role.', (binding) =>
    listSubjects(objectsAt(binding, 'subjects'), 'Group'),
  ),
  wideColumn('ServiceAccounts', 'Service accounts that have the role.', (binding) =>
    listSubjects(objectsAt(binding, 'subjects'), 'ServiceAccount'),
  ),
];

function listSubjects(subjects: readonly JsonObject[], kind: string): string {
  return subjects
    .filter((subject) => textAt(subject, 'kind') === kind)
    .map((subject) => {
      const name = textAt(subject, 'name');
      return kind === 'ServiceAccount' ? `${textAt(subject, 'namespace')}/${name}` : name;
    })
    .join(', ');
}
