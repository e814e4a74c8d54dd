/** Runs chapters with one manifest changed, in a copy of the tutorial, and says where they went red. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startCli } from '../support/cli.ts';

/** What makes the page wait longer than any mutation needs to show. */
const LONGEST_WAIT = '10s';
const BLOCK_TIMEOUT = '40s';
const LIFE_SPEED = '0.05';

/** Where the chapters and the manifests are from. */
export interface Course {
  readonly root: string;
  readonly tutorial: string;
  readonly manifests: string;
}

/**
 * The first failure of a run, `tutorial/01-hello.md:230 #deployment: …`, or what lint refused before it, `tutorial/01-hello.md:9:4:
 * error: …`; undefined where all is green.
 */
export async function runMutated(
  course: Course,
  chapters: readonly string[],
  change?: { readonly manifest: string; readonly text: string },
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-mutated-'));
  try {
    for (const part of [course.tutorial, course.manifests]) {
      cpSync(join(course.root, part), join(folder, part), { recursive: true });
    }
    shortenWaits(join(folder, course.tutorial));
    if (change !== undefined) writeFileSync(join(folder, change.manifest), change.text);
    for (const chapter of chapters) {
      const words = ['run', chapter, '--bail', '--quiet', '--timeout', BLOCK_TIMEOUT];
      const { code, out, err } = await startCli(folder, words, { env: { MTX_SPEED: LIFE_SPEED } });
      if (code === 1) return /^FAIL (.+)$/m.exec(out)?.[1] ?? out;
      const refused = code === 2 ? /^tutorial\/\S+: error: .+$/m.exec(err)?.[0] : undefined;
      if (refused !== undefined) return refused;
      if (code !== 0) throw new Error(`${chapter} ended with ${code}, which is no verdict\n${out}${err}`);
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A wrong field is waited for in vain: `within=90s` is for life, not for the emulator. */
function shortenWaits(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.md')) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/\bwithin=\w+/g, `within=${LONGEST_WAIT}`));
  }
}

/** The course of this repository. */
export const OURS: Course = {
  root: dirname(dirname(import.meta.dirname)),
  tutorial: 'tutorial',
  manifests: 'k8s/traderx',
};
