/** Creating (as clones) or changing several entities with one request, and the block that reports it. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, hasPart, idOf, partOf, textOf } from './entity.ts';
import { Failure } from './failure.ts';
import type { Kind } from './kind.ts';
import { whereInSpace, whereNamed } from './where.ts';

export interface BulkRequest {
  readonly verb: 'create' | 'update';
  readonly kind: Kind;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the block shows as context. */
  readonly context: string;
}

/** The expression of `--where` or of the kind's own flag, within the space. */
export function chosenEntities(call: Invocation, kind: Kind): string {
  const names = call.flags.list(kind.flag);
  const chosen = names.length > 0 ? whereNamed(names, kind.id, kind.nameAttribute) : call.flags.text('where');
  return whereInSpace(chosen, call.space.id);
}

/** The expression for the spaces that clones go to. */
export function destinationSpaces(call: Invocation): string {
  const spaces = call.flags.list('dest-space');
  return call.flags.text('where-space') || (spaces.length > 0 ? whereNamed(spaces, 'SpaceID') : '');
}

/** Sends the request and prints how many succeeded; gives the changed entities. Throws Failure if any did not. */
export async function changeSeveral(call: Invocation, request: BulkRequest): Promise<Entity[]> {
  const { verb, kind, query, body } = request;
  const { status, value } = await call.hub.ask({
    method: verb === 'create' ? 'POST' : 'PATCH',
    path: `/${kind.segment}`,
    query,
    body,
    contentType: 'application/merge-patch+json',
    blunt: true,
  });
  const results = entitiesOf(value);
  const good = results.filter((result) => !hasPart(result, 'Error'));
  const bad = results.filter((result) => hasPart(result, 'Error'));
  const entities = good.map((result) => partOf(result, kind.shape));
  if (call.flags.on('verbose')) for (const entity of entities) call.around.out(describeDone(request, entity));
  if (!call.flags.on('json')) call.around.out(describe(call, request, good.length, bad));
  if (status === 207 || bad.length > 0)
    throw new Failure(`bulk ${verb} partially failed: ${good.length} succeeded, ${bad.length} failed`);
  return entities;
}

function describeDone({ verb, kind }: BulkRequest, entity: Entity): string {
  const id = kind.word === 'link' ? '' : ` (ID: ${idOf(entity, kind.id)})`;
  return `Successfully ${verb}d ${kind.word}: ${textOf(entity, 'Slug')}${id}\n`;
}

function describe(call: Invocation, request: BulkRequest, done: number, failed: readonly Entity[]): string {
  const { verb, kind, context } = request;
  const lines = ['', `Bulk ${verb} operation completed:`, `  Success: ${done} ${kind.word}(s)`];
  if (failed.length > 0) lines.push(`  Failed: ${failed.length} ${kind.word}(s)`);
  if (failed.length > 0 && call.flags.on('verbose'))
    lines.push('', 'Failures:', ...failed.map((result) => describeFailure(kind, result)));
  if (context !== '') lines.push(`  Context: ${context}`);
  return lines.map((line) => `${line}\n`).join('');
}

function describeFailure(kind: Kind, result: Entity): string {
  const message = textOf(partOf(result, 'Error'), 'Message') || 'unknown error';
  if (kind.word === 'link') return `  - ${message}`;
  const name = hasPart(result, kind.shape)
    ? textOf(partOf(result, kind.shape), 'Slug')
    : `(unknown ${kind.word})`;
  return `  - ${name}: ${message}`;
}
