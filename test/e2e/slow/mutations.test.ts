/** Each expectation of the tutorial can fail, and each important field of a manifest makes the first chapter fail that reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutateManifest } from '../../mutation/manifest-fields.ts';
import { OURS, runMutated } from '../../mutation/run-mutated.ts';
import { startCli } from '../../support/cli.ts';

/** By manifest, the first chapter that reads it, and how many important fields there are at least. */
const READERS = [
  ['k8s/traderx/reference-data.yaml', 'tutorial/01-hello-traderx.md', 9],
  ['k8s/traderx/trade-service.yaml', 'tutorial/03-regions.md', 13],
  ['k8s/traderx/namespace.yaml', 'tutorial/03-regions.md', 1],
] as const;
const SURVIVORS = 'test/mutation/expectation-survivors.yaml';

/** The whole manifest takes minutes: `npm run mutate:manifests`. */
const IMPORTANT =
  /image \(tag\)$|replicas$|containerPort$|\.value$|env\[.*\]\.name$|(Deployment|Service)\.metadata\.namespace$|Service\.spec\.(ports.*\.port|selector)|Namespace\.metadata\.name/;

test('no expectation accepts what is wrong', { timeout: 600_000 }, async () => {
  const { code, out, err } = await startCli(OURS.root, ['mutate', 'tutorial', '-q', '--allow', SURVIVORS]);
  expect({ code, err }, out).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/\n\d{3,} mutations: \d+ killed, \d+ allowed by their matchers, \d+ survived.*\n$/);
});

test.each(READERS)(
  'important fields of %s are noticed',
  { timeout: 900_000 },
  async (manifest, chapter, least) => {
    const mutations = mutateManifest(readFileSync(join(OURS.root, manifest), 'utf8'));
    const waiting = mutations.filter(({ field }) => IMPORTANT.test(field));
    expect(waiting.length).toBeGreaterThanOrEqual(least);
    expect(await runMutated(OURS, [chapter])).toBeUndefined();
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const red = await runMutated(OURS, [chapter], { manifest, text: next.text });
        expect(red, `${next.field}: ${next.from} became ${next.to}`).toContain('tutorial/');
      }
    };
    await Promise.all([work(), work()]);
  },
);
