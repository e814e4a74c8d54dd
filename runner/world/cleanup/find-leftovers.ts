/** Looks for what a prefix left: asks `cub` for its spaces and all in them, `kubectl` for its namespaces. Changes nothing. */
import { ask, type Answer, type Clients } from '../ask.ts';
import { WorldNotReady } from '../not-ready.ts';
import type { ClusterThing, Entity, Leftovers } from './leftovers.ts';
import { isNamespaceOf, isSpaceOf } from './prefix.ts';

/** What a space can hold, in the order in which it can be deleted, with the name of the entity in JSON. */
const KINDS = [
  ['trigger', 'Trigger'],
  ['link', 'Link'],
  ['unit', 'Unit'],
  ['changeset', 'ChangeSet'],
  ['filter', 'Filter'],
  ['view', 'View'],
  ['invocation', 'Invocation'],
  ['tag', 'Tag'],
  ['set', 'Set'],
  ['target', 'Target'],
  ['worker', 'BridgeWorker'],
] as const;

/** Kinds that `cub` lists for one space at a time. */
const ONE_SPACE_AT_A_TIME: ReadonlySet<string> = new Set(['set']);

type Fields = Readonly<Record<string, unknown>>;

export interface Where {
  readonly hub: boolean;
  readonly cluster: boolean;
}

/** All that carries the prefix. Throws WorldNotReady where hub or cluster do not answer. */
export async function findLeftovers(clients: Clients, prefix: string, where: Where): Promise<Leftovers> {
  const [hub, cluster] = await Promise.all([
    where.hub ? findInHub(clients, prefix) : { spaces: [], entities: [] },
    where.cluster ? findInCluster(clients, prefix) : [],
  ]);
  return { ...hub, cluster };
}

async function findInHub(clients: Clients, prefix: string): Promise<Omit<Leftovers, 'cluster'>> {
  const answer = await ask(clients, 'cub', ['space', 'list', '--json']);
  const all = readRows(answer);
  if (all === undefined) throw hubIsMute(answer);
  const slugs = all.map((row) => text(part(row, 'Space'), 'Slug'));
  const spaces = slugs.filter((slug) => isSpaceOf(prefix, slug)).toSorted();
  if (spaces.length === 0) return { spaces, entities: [] };
  const lists = await Promise.all(
    KINDS.map(async ([kind, name]) => [name, await listKind(clients, kind, spaces)] as const),
  );
  const rows: Rows = new Map(lists);
  const entities = KINDS.flatMap(([kind, name]) =>
    (rows.get(name) ?? []).map((row) => readEntity(row, kind, part(row, name), rows)),
  );
  return { spaces, entities: entities.filter(({ space }) => spaces.includes(space)) };
}

/** The rows of `cub … list` by the entity's name in JSON. */
type Rows = ReadonlyMap<string, readonly Fields[]>;

async function listKind(
  clients: Clients,
  kind: string,
  spaces: readonly string[],
): Promise<readonly Fields[]> {
  const among = `Space.Slug IN (${spaces.map((slug) => `'${slug}'`).join(', ')})`;
  const calls = ONE_SPACE_AT_A_TIME.has(kind)
    ? spaces.map((space) => ['--space', space])
    : [['--space', '*', '--where', among]];
  const lists = await Promise.all(
    calls.map(async (words) => {
      const answer = await ask(clients, 'cub', [kind, 'list', ...words, '--json']);
      const rows = readRows(answer);
      // An older `cub` prints its help for a kind that it does not know, and then nobody made one with it.
      if (rows === undefined && !answer.ok) throw hubIsMute(answer);
      return rows ?? [];
    }),
  );
  return lists.flat();
}

function readEntity(row: Fields, kind: string, entity: Fields, rows: Rows): Entity {
  const isUnit = kind === 'unit';
  return {
    kind,
    slug: text(entity, 'Slug'),
    space: text(part(row, 'Space'), 'Slug'),
    deployed: isUnit ? readDeployment(entity, rows) : 'no',
    isInChangeset: isUnit && text(entity, 'ChangeSetID') !== '',
  };
}

function readDeployment(unit: Fields, rows: Rows): Entity['deployed'] {
  const targetId = text(unit, 'TargetID');
  if (targetId === '' || !(Number(unit['LastAppliedRevisionNum'] ?? 0) > 0)) return 'no';
  const find = (name: string, id: string, value: string): Fields =>
    (rows.get(name) ?? []).map((row) => part(row, name)).find((one) => text(one, id) === value) ?? {};
  const worker = text(find('Target', 'TargetID', targetId), 'BridgeWorkerID');
  return text(find('BridgeWorker', 'BridgeWorkerID', worker), 'Condition') === 'Ready' ? 'live' : 'stranded';
}

async function findInCluster(clients: Clients, prefix: string): Promise<readonly ClusterThing[]> {
  const [namespaces, bindings] = await Promise.all([
    listObjects(clients, 'namespaces'),
    listObjects(clients, 'clusterrolebindings'),
  ]);
  const isOwn = (name: string): boolean => isNamespaceOf(prefix, name);
  const bound = bindings.filter((binding) => {
    const subjects = list(binding['subjects']);
    return subjects.length > 0 && subjects.every((subject) => isOwn(text(subject, 'namespace')));
  });
  const nameOf = (object: Fields): string => text(part(object, 'metadata'), 'name');
  return [
    ...namespaces
      .map(nameOf)
      .filter(isOwn)
      .map((name) => ({ kind: 'namespace', name })),
    ...bound.map((binding) => ({ kind: 'clusterrolebinding', name: nameOf(binding) })),
  ];
}

async function listObjects(clients: Clients, kind: string): Promise<readonly Fields[]> {
  const answer = await ask(clients, 'kubectl', ['get', kind, '-o', 'json']);
  if (answer.ok) return list(fields(JSON.parse(answer.out))['items']);
  throw new WorldNotReady(
    `the cluster does not list its ${kind}: ${answer.complaint}`,
    `Check that \`kubectl get ${kind}\` works there.`,
  );
}

function hubIsMute({ complaint }: Answer): WorldNotReady {
  return new WorldNotReady(
    `the hub does not list its spaces: ${complaint === '' ? 'no JSON came' : complaint}`,
    'Check that `cub space list` works; `cub auth login` makes a new session.',
  );
}

function readRows({ ok, out }: Answer): readonly Fields[] | undefined {
  if (!ok) return undefined;
  try {
    return list(JSON.parse(out === '' ? '[]' : out));
  } catch {
    return undefined;
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function part(value: Fields, name: string): Fields {
  return fields(value[name]);
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function text(value: Fields, name: string): string {
  const found = value[name];
  return typeof found === 'string' ? found : '';
}
