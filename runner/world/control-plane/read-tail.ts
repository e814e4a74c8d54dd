/** The end of a program's log, for the message that says why it failed. */
import { readFile } from 'node:fs/promises';

/** Its last lines, joined; at most a few hundred characters. */
export async function readTail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const tail = text.trim().split('\n').slice(-4).join(' | ').slice(-600);
  return tail === '' ? 'it printed nothing' : tail;
}
