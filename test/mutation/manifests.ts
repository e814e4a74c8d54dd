/**
 * Changes the manifests of the tutorial one field at a time, and shows that the chapters that read them go red:
 * `node test/mutation/manifests.ts [--jobs N] [--field TEXT]… [MANIFEST…]`. Survivors must be listed with a reason in
 * `manifest-survivors.json`; an entry that no survivor fits is an error. `npm run mutate:manifests` is the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Chapter } from '../../runner/chapter/chapter.ts';
import { parseChapter } from '../../runner/chapter/parse.ts';
import { mutateManifest, type ManifestMutation } from './manifest-fields.ts';
import { findProvers } from './manifest-uses.ts';
import { OURS, runMutated } from './run-mutated.ts';

interface Listed {
  /** A field, or the start of the names of several; `[*]` is any item. */
  readonly field: string;
  readonly reason: string;
}

interface Task extends ManifestMutation {
  readonly manifest: string;
  readonly provers: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: '2' },
    field: { type: 'string', multiple: true, default: [] },
  },
});

const LIST = JSON.parse(
  readFileSync(new URL('manifest-survivors.json', import.meta.url), 'utf8'),
) as readonly Listed[];

const tasks = planTasks(readChapters());
if (tasks.length === 0) throw new Error('no manifest that a chapter reads has such a field');
const broken = await runMutated(OURS, [...new Set(tasks.flatMap(({ provers }) => provers))]);
if (broken !== undefined) throw new Error(`the chapters must be green first: ${broken}`);

const used = new Set<Listed>();
const counts = { killed: 0, listed: 0, survived: 0 };
const waiting = [...tasks];
await Promise.all(Array.from({ length: Number(values.jobs) }, work));

const isWhole = values.field.length === 0 && positionals.length === 0;
const stale = isWhole ? LIST.filter((entry) => !used.has(entry)) : [];
for (const { field } of stale) console.log(`STALE ${field} is listed and did not survive; remove it`);
console.log(
  `${tasks.length} mutations: ${counts.killed} killed, ${counts.survived} survived, ${counts.listed} listed with a reason`,
);
process.exitCode = counts.survived + stale.length === 0 ? 0 : 1;

function readChapters(): readonly Chapter[] {
  const names = readdirSync(join(OURS.root, OURS.tutorial), { recursive: true, encoding: 'utf8' }).sort();
  return names.flatMap((name) => {
    if (!name.endsWith('.md')) return [];
    const file = `${OURS.tutorial}/${name}`;
    const { chapter, problems } = parseChapter(file, readFileSync(join(OURS.root, file), 'utf8'));
    return problems.some(({ severity }) => severity === 'error') ? [] : [chapter];
  });
}

function planTasks(chapters: readonly Chapter[]): readonly Task[] {
  const names = readdirSync(join(OURS.root, OURS.manifests)).filter((name) => /\.ya?ml$/.test(name));
  return names.flatMap((name) => {
    const manifest = `${OURS.manifests}/${name}`;
    const provers = findProvers(manifest, chapters).map(({ file }) => file);
    const isNamed = positionals.length === 0 || positionals.includes(manifest);
    if (provers.length === 0 || !isNamed) return [];
    const mutations = mutateManifest(readFileSync(join(OURS.root, manifest), 'utf8'));
    return mutations
      .filter(({ field }) => values.field.length === 0 || values.field.some((part) => field.includes(part)))
      .map((mutation) => ({ ...mutation, manifest, provers }));
  });
}

async function work(): Promise<void> {
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const { manifest, line, field, from, to, provers, text } = task;
    const red = await runMutated(OURS, provers, { manifest, text });
    const entry = red === undefined ? LIST.find((listed) => covers(listed, field)) : undefined;
    if (entry !== undefined) used.add(entry);
    const end = red !== undefined ? 'killed' : entry === undefined ? 'survived' : 'listed';
    counts[end] += 1;
    console.log(
      `${end} ${manifest}:${line} ${field}: ${from} became ${to}: ${red ?? entry?.reason ?? 'nobody noticed'}`,
    );
  }
}

function covers(listed: Listed, field: string): boolean {
  const literal = listed.field.split('[*]').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('\\[[^\\]]+\\]')}(?!\\w)`).test(field);
}
