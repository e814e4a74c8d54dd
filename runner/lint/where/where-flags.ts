/** Which flags hold a where clause, and of which entity. */
import type { GivenFlag } from '../contract/call.ts';
import type { ProgramCall } from '../contract/calls.ts';

/** A clause on a command line, with its entity type; `data`: it is on configuration paths instead. */
export interface WhereFlag {
  readonly flag: GivenFlag;
  readonly entity: string | undefined;
}

const BY_GROUP: Readonly<Record<string, string>> = {
  changeset: 'ChangeSet',
  filter: 'Filter',
  function: 'Unit',
  invocation: 'Invocation',
  link: 'Link',
  mutation: 'Mutation',
  organization: 'Organization',
  'organization-member': 'OrganizationMember',
  package: 'Unit',
  revision: 'Revision',
  run: 'Unit',
  set: 'Set',
  space: 'Space',
  tag: 'Tag',
  target: 'Target',
  trigger: 'Trigger',
  unit: 'Unit',
  'unit-event': 'UnitEvent',
  user: 'User',
  view: 'View',
  worker: 'BridgeWorker',
};

const BY_FLAG: Readonly<Record<string, string>> = {
  'where-data': 'data',
  'where-from': 'Unit',
  'where-mutation': 'Mutation',
  'where-space': 'Space',
  'where-to': 'Unit',
  'where-to-space': 'Space',
};

/** The clauses of a call. */
export function whereFlags(call: ProgramCall): readonly WhereFlag[] {
  return call.flags.flatMap((flag) => {
    if (!flag.name.startsWith('where')) return [];
    return [{ flag, entity: BY_FLAG[flag.name] ?? entityOf(call, flag.name) }];
  });
}

function entityOf({ path, args }: ProgramCall, name: string): string | undefined {
  if (name !== 'where') return undefined;
  if (path === 'worker list-status' || path === 'worker list-function') return undefined;
  // The worker reads that clause, on what is in the cluster.
  if (path === 'unit import') return undefined;
  if (path !== 'filter create') return BY_GROUP[path.split(' ', 1)[0] ?? ''];
  const from = args[1]?.value;
  return args.length === 0 ? 'Filter' : from === 'Worker' ? 'BridgeWorker' : from;
}

const OPERATOR = /^(?:[=<>!]|(?:NOT|IN|LIKE|ILIKE|AND|OR|IS|CONTAINS)$)/i;

/** The shell has cut a clause into words, because its quotes are missing or escaped. */
export function isSplitWhere(call: ProgramCall): boolean {
  return splitWhere(call) !== undefined;
}

/** The flag whose clause goes on in the arguments. */
export function splitWhere(call: ProgramCall): WhereFlag | undefined {
  return whereFlags(call).find(({ flag }) => {
    const next = call.args.find(({ start }) => start > flag.valueWord.start);
    return next !== undefined && OPERATOR.test(next.shape);
  });
}
