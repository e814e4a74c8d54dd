/**
 * Every lesson as scripts: of its two phases the first leaves the cluster alone, and the second goes on from it; and a wait
 * for what never comes ends the script.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCli } from '../../support/cli.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const LESSONS = readdirSync(join(ROOT, 'tutorial'))
  .filter((name) => /^\d\d-.*\.md$/.test(name))
  .sort();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-export-'));
  for (const part of ['tutorial', 'k8s/traderx'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exportTo(file: string, words: readonly string[]): Promise<string> {
  const path = join(folder, file);
  const { code, err } = await startCli(folder, ['export', ...words, '--output', path]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return path;
}

/** Everything that the cluster holds, but for what it notes itself all the time. */
const LOOK = `look() {
  KINDS="$(kubectl api-resources --verbs=list -o name | grep -v -e '^events' -e '^leases' | paste -sd,)"
  kubectl get "$KINDS" --all-namespaces -o jsonpath='{range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.uid} {.metadata.generation}{"\\n"}{end}'
}
# What a deployment left behind, such as a pod that ends, takes its time: what is compared is a cluster that stands still.
rest() {
  for TRY in {1..30}; do
    look >before; sleep 2; look >again
    if diff -q before again >/dev/null; then return; fi
  done
  echo 'the cluster does not come to rest'; diff before again; exit 1
}
`;

test(
  'the structure phase of each lesson leaves the cluster as it was, and deploy goes on from it',
  { timeout: 600_000 },
  async () => {
    const steps = [LOOK];
    for (const lesson of LESSONS) {
      const [structure, deploy] = [
        await exportTo(`${lesson}-structure.sh`, [`tutorial/${lesson}`, '--phase', 'structure']),
        await exportTo(`${lesson}-deploy.sh`, [`tutorial/${lesson}`, '--phase', 'deploy']),
      ];
      steps.push(`echo ${lesson}; rest; bash '${structure}' >log 2>&1 || { cat log; exit 1; }
look >after; diff before after || exit 1; wc -l <after
bash '${deploy}' >log 2>&1 || { cat log; exit 1; }
look >after; if diff -q before after >/dev/null; then echo 'deploy changed nothing'; exit 1; fi
`);
    }
    const { code, out, err } = await startCli(folder, ['sandbox'], { input: steps.join('') });
    expect(code, out + err).toBe(0);
    const counts = [...out.matchAll(/^(\d\d-.*\.md)\n(\d+)$/gm)].map(([, lesson, count]) => [
      lesson,
      Number(count) > 20,
    ]);
    expect(counts).toEqual(LESSONS.map((lesson) => [lesson, true]));
  },
);

test.each([
  ['06-atomic-updates', 'step_both_live', 'release-v2'],
  ['07-emergency-bypass', 'step_europe_live', undefined],
])(
  '%s goes on from %s only when what is wanted is live: with no worker it never is',
  { timeout: 300_000 },
  async (lesson, step, changeset) => {
    const path = await exportTo('waiting.sh', [`tutorial/${lesson}.md`, '--no-needs']);
    const script = readFileSync(path, 'utf8');
    expect(script).toContain(`\nwait_for 120 0 ${step} `);
    writeFileSync(path, script.replace(`\nwait_for 120 0 ${step} `, `\nwait_for 5 0 ${step} `));
    const input = [
      'kubectl scale deployment cluster-worker --namespace demo-confighub --replicas=0 >/dev/null',
      'kubectl wait --for=delete pod --all --namespace demo-confighub --timeout=60s >/dev/null',
      `timeout 100 bash '${path}' 2>&1`,
      'echo "ended $?"',
      `cub unit list --space demo-traderx-us --where "ChangeSet.Slug = '${changeset ?? 'none'}'" --no-header --columns Name | sort`,
    ].join('\n');
    const { out, err } = await startCli(folder, ['sandbox', '--at', 'tutorial/03-regions.md'], { input });
    expect(out, err).toContain(`${step}: given up, this is not what the lesson shows (status 0)`);
    const members = changeset === undefined ? '' : 'reference-data\ntrade-service\n';
    expect(out.replaceAll(/ +$/gm, '')).toContain(`ended 1\n${members}`);
  },
);
