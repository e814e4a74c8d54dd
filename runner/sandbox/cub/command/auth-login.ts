/** `cub auth login --as-worker`. A login by browser needs the public hub, which an embedded one is not. */
import type { Entity, Invocation, Session } from '../cub.ts';
import { entitiesOf, entityOf, idOf, partOf, textOf } from '../entity.ts';
import { Failure, messageOf } from '../failure.ts';
import { fetchFunctions } from '../functions.ts';
import { openHub, send } from '../hub.ts';
import { savedUrl, sessionOf, writeContext, writeLocalJson } from '../local-files.ts';
import { findSpace } from '../lookup.ts';
import { say } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  if (!call.flags.on('as-worker'))
    throw new Failure('cub auth login by browser is not implemented in the embedded cub: use --as-worker');
  if (call.args.length > 0)
    throw new Failure('organization switching is not supported with --as-worker flag');
  const workerId = call.around.env['CONFIGHUB_WORKER_ID'] ?? '';
  const secret = call.around.env['CONFIGHUB_WORKER_SECRET'] ?? '';
  if (workerId === '' || secret === '')
    throw new Failure('CONFIGHUB_WORKER_ID and CONFIGHUB_WORKER_SECRET environment variables must be set');
  const session = await authenticate(call, { worker_id: workerId, worker_secret: secret });
  say(call, `Successfully logged in as worker ${workerId} (Organization: ${session.organizationId})`);
  const hub = openHub({ url: call.hub.url, session });
  const space = await chooseSpace({ ...call, hub, session });
  const [id, slug] = [idOf(space, 'SpaceID'), textOf(space, 'Slug')];
  const organizationId = idOf(space, 'OrganizationID');
  const url = await savedUrl(call.around);
  await writeContext(call.around, { url, space: slug, spaceId: id, organizationId });
  say(call, `Current space set to ${slug} (${id})`);
  await fetchFunctions({ ...call, hub, session, space: { id, slug } });
}

/** Trades the worker's secret for a session and saves that. */
async function authenticate(call: Invocation, credentials: Entity): Promise<Session> {
  const { hub, session } = call;
  const request = {
    method: 'POST',
    path: '/auth/worker',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  };
  const answer = await send({ url: hub.url, session }, request).catch((error: unknown) => {
    throw new Failure(`failed to make authentication request: ${messageOf(error)}`, { cause: error });
  });
  if (answer.status !== 200) throw new Failure(`authentication failed: ${answer.text}`);
  const saved = { user: {}, ...entityOf(answer.value), auth_type: 'Bearer' };
  await writeLocalJson(call.around, 'session.json', saved);
  return sessionOf(saved);
}

/** The context's space if it is still there, else the first of the hub. */
async function chooseSpace(call: Invocation): Promise<Entity> {
  try {
    return await findSpace(call, call.context.space);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  const { value } = await call.hub.ask({ method: 'GET', path: '/space' });
  const [first] = entitiesOf(value);
  if (first === undefined) throw new Failure('no spaces found. Current space could not be set');
  return partOf(first, 'Space');
}
