/** Each expectation of the tutorial can fail, and each important field of its first manifest makes it fail. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutateManifest } from '../mutation/manifest-fields.ts';
import { OURS, runMutated } from '../mutation/run-mutated.ts';
import { startCli } from '../support/cli.ts';

const CHAPTER = 'tutorial/01-hello-traderx.md';
const MANIFEST = 'k8s/traderx/reference-data.yaml';
const SURVIVORS = 'test/mutation/expectation-survivors.yaml';

/** The whole manifest takes minutes: `npm run mutate:manifests`. */
const IMPORTANT =
  /image \(tag\)$|replicas$|containerPort$|\.value$|Deployment\.metadata\.namespace$|Service\.spec\.(ports.*\.port|selector)/;

test('no expectation accepts what is wrong', { timeout: 600_000 }, async () => {
  const { code, out, err } = await startCli(OURS.root, ['mutate', 'tutorial', '-q', '--allow', SURVIVORS]);
  expect({ code, err }, out).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/\n\d{3,} mutations: \d+ killed, \d+ allowed by their matchers, \d+ survived.*\n$/);
});

test('important fields of a manifest are noticed', { timeout: 600_000 }, async () => {
  const mutations = mutateManifest(readFileSync(join(OURS.root, MANIFEST), 'utf8'));
  const waiting = mutations.filter(({ field }) => IMPORTANT.test(field));
  expect(waiting.length).toBeGreaterThanOrEqual(7);
  expect(await runMutated(OURS, [CHAPTER])).toBeUndefined();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const red = await runMutated(OURS, [CHAPTER], { manifest: MANIFEST, text: next.text });
      expect(red, `${next.field}: ${next.from} became ${next.to}`).toContain(CHAPTER);
    }
  };
  await Promise.all([work(), work()]);
});
