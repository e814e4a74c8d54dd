/**
 * The whole course under another prefix, and the lessons of the regions broken in the ways in which upgrades go wrong: each
 * break goes red at the block that must notice it.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { BIN, startCli } from '../../support/cli.ts';
import { applyEdit, copyTutorial, type Edit } from '../../support/tutorial.ts';

const FIRST = 'tutorial/01-hello-traderx.md';
const THIRD = 'tutorial/03-regions.md';
const FOURTH = 'tutorial/04-push-upgrade.md';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the course takes any prefix', async () => {
  folder = copyTutorial();
  const { code, out } = await startCli(folder, ['run', 'tutorial'], { env: { MTX_PREFIX: 'team-7' } });
  expect(code, out).toBe(0);
  expect(out).toMatch(/\n7 chapters, [^]*\n\d+ passed, 0 failed, 1 skipped\n$/);
});

/** The emulator stands for a cluster of the readers', under a name that a run may use. */
const OWN = `set -e
kubectl config rename-context mtx-emulator kind-own >/dev/null
cp "$KUBECONFIG" "$HOME/own"; export KUBECONFIG="$HOME/own"
cd FOLDER; set +e
`;

test('two readers in one world do not disturb each other', { timeout: 300_000 }, async () => {
  folder = copyTutorial();
  // A cluster of one's own is taken to run containers, and the emulator behind this one does not.
  applyEdit(folder, { file: FIRST, from: /```bash \{\.run #answers[^`]*```\n/, to: '' });
  const script = join(folder, 'lessons.sh');
  expect((await startCli(folder, ['export', THIRD, '--output', script])).code).toBe(0);
  const mtx = `'${process.execPath}' '${BIN}'`;
  const { out } = await startCli(folder, ['sandbox'], {
    env: { HOME: folder },
    input: `${OWN.replace('FOLDER', folder)}
MTX_PREFIX=team bash lessons.sh >team.log 2>&1 || { cat team.log; exit 1; }
MTX_PREFIX=team-7 ${mtx} run ${THIRD} --cluster context:kind-own --hub "$CONFIGHUB_URL" 2>&1
echo "team-7 ended with $?"
cub function do set-replicas 1 --space team-traderx-us --unit trade-service --quiet
cub unit apply trade-service --space team-traderx-us --timeout 60s
MTX_PREFIX=team bash lessons.sh --clean-up >team.log 2>&1; echo "team cleaned up with $?"
${mtx} cleanup --prefix team; ${mtx} cleanup --prefix team-7
`,
  });
  expect(out).toMatch(/\n\d+ passed, 0 failed\nteam-7 ended with 0\n/);
  expect(out).toContain('Successfully completed Apply on unit trade-service');
  expect(out).toMatch(
    /team cleaned up with 0\nNothing of the prefix team is in .*\nNothing of the prefix team-7 /,
  );
});

interface Break {
  readonly name: string;
  readonly edit: Edit;
  readonly chapter: string;
  /** The last block to run: what comes later would only take time. */
  readonly until: string;
  /** All are in the output. */
  readonly says: readonly (string | RegExp)[];
}

const BREAKS: readonly Break[] = [
  {
    name: 'a region with the wrong number of replicas',
    edit: { file: THIRD, from: 'set-replicas 5', to: 'set-replicas 4' },
    chapter: THIRD,
    until: 'replicas-in-data',
    says: [/FAIL .*03-regions\.md:\d+ #replicas-in-data/, '4 int spec.replicas demo-traderx-eu'],
  },
  {
    name: 'regions without links, whose placeholders stay',
    edit: { file: THIRD, from: /```bash \{\.run #link\}[^]*?(?=Notice that you wrote)/, to: '' },
    chapter: THIRD,
    until: 'namespaces-filled',
    says: [/FAIL .*03-regions\.md:\d+ #namespaces-filled/, 'confighubplaceholder'],
  },
  {
    name: 'a link to the namespace of another region',
    edit: { file: THIRD, from: '"$SERVICE" "namespace-$REGION"', to: '"$SERVICE" namespace-us' },
    chapter: THIRD,
    until: 'links',
    says: [/FAIL .*03-regions\.md:\d+ #links/, 'namespace-asia'],
  },
  {
    name: 'a forgotten --dry-run',
    edit: { file: FOURTH, from: 'v2 --dry-run --data-only', to: 'v2 --data-only' },
    chapter: FOURTH,
    until: 'dry-run-wrote-nothing',
    says: [/FAIL .*04-push-upgrade\.md:\d+ #dry-run-wrote-nothing/, /`2`.*`1`/],
  },
  {
    name: 'an upgrade that is left out',
    edit: { file: FOURTH, from: /```bash \{\.run #push-upgrade\}[^`]*```\n\n```text[^`]*```\n/, to: '' },
    chapter: FOURTH,
    until: 'algorithm-in-data',
    says: [/FAIL .*04-push-upgrade\.md:\d+ #algorithm-in-data/, /`v1`.*`v2`/],
  },
  {
    name: 'an apply before its time',
    edit: {
      file: FOURTH,
      from: 'cub unit push-upgrade trade-service --space "$PREFIX-traderx-base"',
      to: '$&\ncub unit apply trade-service --space "$PREFIX-traderx-us"',
    },
    chapter: FOURTH,
    until: 'not-live-yet',
    says: [/FAIL .*04-push-upgrade\.md:\d+ #not-live-yet/, /-traderx-us +No +4 +4/],
  },
  {
    name: 'a region that is written over instead of upgraded',
    edit: {
      file: FOURTH,
      from: 'cub unit push-upgrade trade-service --space "$PREFIX-traderx-base"',
      to:
        '$&\ncub unit get trade-service --space "$PREFIX-traderx-base" --data-only |\n' +
        '  cub unit update trade-service - --space "$PREFIX-traderx-eu"',
    },
    chapter: FOURTH,
    until: 'replicas-in-data',
    says: [/FAIL .*04-push-upgrade\.md:\d+ #replicas-in-data/, /1 int spec\.replicas demo-traderx-eu/],
  },
];

describe('broken chapters', () => {
  test.each(BREAKS)('$name', async ({ edit, chapter, until, says }) => {
    folder = copyTutorial();
    applyEdit(folder, edit);
    const { code, out, err } = await startCli(folder, ['run', chapter, '--until', until]);
    expect(code, out + err).toBe(1);
    for (const part of says) {
      if (part instanceof RegExp) expect(out).toMatch(part);
      else expect(out).toContain(part);
    }
  });
});
