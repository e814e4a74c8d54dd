/** The dev server: how soon it answers, and how soon a saved chapter is what it answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TRIES = 5;

/** Milliseconds; the middle one of some saves. */
export async function measureDev(
  folder: string,
  root: string,
): Promise<{ readonly readyMs: number; readonly saveMs: number }> {
  const started = performance.now();
  const server = spawn(process.execPath, [join(root, 'site/main.ts'), 'dev', '--report', 'report.json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const base = String(line).trim();
    const page = `${base}01-lesson-1.html`;
    await (await fetch(page)).text();
    const readyMs = performance.now() - started;
    const times: number[] = [];
    for (let time = 0; time < TRIES; time += 1)
      times.push(await saveAndWait(join(folder, 'tutorial/01-lesson-1.md'), page, `mark${time}`));
    return { readyMs, saveMs: times.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0 };
  } finally {
    server.kill();
  }
}

/** Asks as the reloaded browser would; gives up after ten seconds. */
async function saveAndWait(file: string, page: string, mark: string): Promise<number> {
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n${mark}\n`);
  const started = performance.now();
  while (performance.now() - started < 10_000) {
    if ((await (await fetch(page)).text()).includes(mark)) return performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${mark} was never seen`);
}
