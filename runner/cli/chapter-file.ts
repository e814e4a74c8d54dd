/** A chapter's file while it may be rewritten: read as bytes that must come back, written by temporary file and rename. */
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/** The text of a file. Throws UsageError for one that is not UTF-8: its bytes could not be kept. */
export function readSource(cwd: string, file: string): string {
  const bytes = readFileSync(resolve(cwd, file));
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  throw new UsageError(`${file} is not UTF-8`, 'convert it, for instance with iconv');
}

/** Puts `text` in the file's place, if it still holds `before`. A link is followed, the file's mode stays. */
export function replaceSource(cwd: string, file: string, before: string, text: string): boolean {
  const path = realpathSync(resolve(cwd, file));
  if (readFileSync(path, 'utf8') !== before) return false;
  const temporary = join(dirname(path), `.${basename(path)}.${String(process.pid)}.tmp`);
  try {
    writeFileSync(temporary, text, { mode: statSync(path).mode & 0o777 });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  return true;
}
