/** npm's scripts start only what `npm ci` brings: npm does not put a package's own commands on its scripts' PATH. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const ALWAYS_THERE = ['node', 'npm', 'mkdir'];

test.each(Object.entries(scripts))('npm run %s: %s', (_name, script) => {
  const commands = script.split('&&').map((command) => command.trim().split(' ')[0] ?? '');
  const missing = commands.filter(
    (name) => !ALWAYS_THERE.includes(name) && !existsSync(new URL(`node_modules/.bin/${name}`, ROOT)),
  );
  expect(missing).toEqual([]);
});
