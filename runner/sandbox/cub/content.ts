/** Input that a command line names: a file, an https URL, `-` for stdin. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Invocation } from './cub.ts';
import { Failure, messageOf } from './failure.ts';

/** The bytes of what is named. */
export async function readContent(call: Invocation, source: string): Promise<Buffer> {
  if (source === '') throw new Failure('source cannot be empty');
  if (source === '-') return readStdin(call);
  if (source.startsWith('file://')) {
    const path = source.slice('file://'.length);
    return readLocal(call, path).catch((error: unknown) => {
      throw new Failure(`failed to read file ${path}: ${messageOf(error)}`, { cause: error });
    });
  }
  if (source.startsWith('https://')) return download(source);
  if (!source.includes('://')) return readLocal(call, source);
  throw new Failure(`unsupported URL scheme: ${source} (only file:// and https:// are supported)`);
}

/** All of stdin. */
export async function readStdin(call: Invocation): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of call.around.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
};

async function readLocal(call: Invocation, path: string): Promise<Buffer> {
  try {
    return await readFile(resolve(call.around.cwd, path));
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    const verb = code === 'EISDIR' ? 'read' : 'open';
    throw new Failure(`${verb} ${path}: ${REASONS[code] ?? messageOf(error)}`, { cause: error });
  }
}

async function download(source: string): Promise<Buffer> {
  const response = await fetch(source, { signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
    throw new Failure(`failed to fetch ${source}: ${messageOf(error)}`, { cause: error });
  });
  if (response.ok) return Buffer.from(await response.arrayBuffer());
  const status = `${response.status} ${response.statusText}`;
  throw new Failure(`failed to fetch ${source}, Code: ${response.status}, Status: ${status}`);
}
