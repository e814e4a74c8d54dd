/** A copy of the tutorial that a test may break. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

export interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** Copies the tutorial and its manifests to a new folder, which the caller removes. */
export function copyTutorial(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-broken-'));
  for (const part of ['tutorial', 'k8s/traderx'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  return folder;
}

/** Puts the short way to three regions in the place of a lesson that others need. */
export function shortenStart(folder: string, lesson: string): void {
  cpSync(join(ROOT, 'test/fixtures/tutorial/regions.md'), join(folder, lesson));
}

/** Applies the edit, which must change something, and gives the line of its first change. */
export function applyEdit(folder: string, { file, from, to }: Edit): number {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  expect(after, `the edit of ${file} changes nothing`).not.toBe(before);
  writeFileSync(path, after);
  const lines = after.split('\n');
  return before.split('\n').findIndex((line, index) => line !== lines[index]) + 1;
}

/** A pattern for the text as it is. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
