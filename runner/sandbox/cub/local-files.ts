/** The client's files in `$HOME/.confighub`: session, context and their named copies. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Session, Surroundings } from './cub.ts';
import { entityOf, partOf, textOf } from './entity.ts';
import { Failure, messageOf } from './failure.ts';

/** A file of the folder. */
export function localFile(around: Surroundings, name: string): string {
  return join(around.env['HOME'] ?? '', '.confighub', name);
}

/** Undefined if there is no readable session. */
export async function readSession(around: Surroundings): Promise<Session | undefined> {
  try {
    return sessionOf(JSON.parse(await readFile(localFile(around, 'session.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** What the file holds, as a session. */
export function sessionOf(saved: unknown): Session {
  const session = entityOf(saved);
  const user = partOf(session, 'user');
  return {
    user: { id: textOf(user, 'id'), email: textOf(user, 'email') },
    accessToken: textOf(session, 'access_token'),
    organizationId: textOf(session, 'organization_id'),
    authType: textOf(session, 'auth_type'),
    password: textOf(session, 'basic_auth_password'),
  };
}

/** The saved context with the URL in force: the variable, the file, the public hub. */
export async function readContext(around: Surroundings): Promise<Context> {
  const saved = await readSavedContext(around);
  const variable = around.env['CONFIGHUB_URL'] ?? '';
  const url = variable || textOf(saved, 'confighub_url') || 'https://hub.confighub.com';
  return {
    url,
    space: textOf(saved, 'space'),
    spaceId: textOf(saved, 'space_id'),
    organizationId: textOf(saved, 'organization_id'),
  };
}

async function readSavedContext(around: Surroundings): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(localFile(around, 'context.json'), 'utf8');
  } catch {
    return {};
  }
  try {
    return entityOf(JSON.parse(text));
  } catch (error) {
    throw new Failure(messageOf(error));
  }
}

/** The saved URL, which `context set` must not lose. */
export async function savedUrl(around: Surroundings): Promise<string> {
  return textOf(await readSavedContext(around), 'confighub_url');
}

/** Writes the context as the original does: two blanks, no newline, for the owner alone. */
export async function writeContext(around: Surroundings, context: Context): Promise<void> {
  await writeLocalJson(around, 'context.json', {
    confighub_url: context.url,
    space: context.space,
    space_id: context.spaceId,
    organization_id: context.organizationId,
  });
}

/** Writes a file of the folder, and the folder. */
export async function writeLocalJson(around: Surroundings, name: string, value: unknown): Promise<void> {
  await mkdir(localFile(around, ''), { recursive: true });
  await writeFile(localFile(around, name), JSON.stringify(value, null, 2), { mode: 0o600 });
}
