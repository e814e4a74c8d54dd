/** `npm ci` and the first `npx mtx-doc` of a clone both build, and a run may be under way: its files stay where they are. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = `${root}runner/built`;

const build = (): readonly (readonly [string, number])[] => {
  execFileSync(process.execPath, ['build.js'], { cwd: root });
  return readdirSync(built).map((name) => [name, statSync(`${built}/${name}`).mtimeMs]);
};

test('a build that is as new as its sources is left alone', () => {
  const first = build();
  expect(first.length).toBeGreaterThan(10);
  expect(build()).toEqual(first);
});
