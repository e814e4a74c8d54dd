/**
 * The tutorial as its reader runs it, and broken in the ways in which tutorials break: each break goes red at the right
 * line, with a text that helps, and with the right exit code.
 */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { startCli, type Ended } from '../support/cli.ts';
import { applyEdit, copyTutorial, escapePattern, type Edit } from '../support/tutorial.ts';

const FIRST = 'tutorial/01-hello-traderx.md';
const SECOND = 'tutorial/02-environments.md';
const THIRD = 'tutorial/03-regions.md';
const FOURTH = 'tutorial/04-push-upgrade.md';
const MANIFEST = 'k8s/traderx/reference-data.yaml';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Up to the block `until`, where the rest is not what is looked at. */
const run = (chapter: string, until?: string): Promise<Ended> =>
  startCli(folder, ['run', chapter, ...(until === undefined ? [] : ['--until', until])]);

interface Break {
  readonly name: string;
  readonly edit: Edit;
  readonly chapter: string;
  /** The last block to run, where that saves time. */
  readonly until?: string;
  readonly code: 1 | 2;
  /** All are in the output. */
  readonly says: readonly (string | RegExp)[];
  /** Where it is reported, relative to the edited line; absent: elsewhere. */
  readonly at?: number;
}

const BREAKS: readonly Break[] = [
  {
    name: 'swapped unit and target',
    edit: {
      file: FIRST,
      from: 'set-target reference-data "$TARGET"',
      to: 'set-target "$TARGET" reference-data',
    },
    chapter: FIRST,
    code: 1,
    at: 0,
    says: [/Failed: unit \S+ not found in space/],
  },
  {
    name: 'an image that no registry has',
    edit: {
      file: MANIFEST,
      from: 'ghcr.io/finos/traderx/reference-data:v1',
      to: 'traderx/reference-data:v1',
    },
    chapter: FIRST,
    code: 1,
    says: [
      /FAIL .*01-hello-traderx\.md:\d+ #apply/,
      'ImagePullBackOff',
      /Failed to pull image "traderx\/reference-data:v1"/,
    ],
  },
  {
    name: 'a namespace that nobody creates',
    edit: { file: FIRST, from: /```bash \{\.run #create-namespace\}[^`]*```\n\n```text[^`]*```\n/, to: '' },
    chapter: FIRST,
    code: 1,
    says: [/FAIL .*01-hello-traderx\.md:\d+ #apply/, /namespaces "demo-traderx" not found/],
  },
  {
    name: 'a command that does not exist',
    edit: { file: SECOND, from: 'cub unit create reference-data', to: 'cub unit copy reference-data' },
    chapter: SECOND,
    code: 1,
    says: [/FAIL .*02-environments\.md:\d+ #clone/, /Successfully created unit reference-data/],
  },
  {
    name: 'a misspelled role',
    edit: { file: FIRST, from: '```text {.expect stream=both}', to: '```text {.expct stream=both}' },
    chapter: FIRST,
    code: 2,
    at: 0,
    says: ['.expct', /did you mean.*\.expect/i],
  },
  {
    name: 'a wrong replica count',
    edit: {
      file: FIRST,
      from: /within=90s\}\n(NAME +READY +UP[^\n]*\nreference-data +)1\/1     1 /,
      to: 'within=2s}\n$12/2     2 ',
    },
    chapter: FIRST,
    code: 1,
    says: [/FAIL .*01-hello-traderx\.md:\d+ #deployment/, /`1\/1`.*`2\/2`/],
  },
  {
    name: 'a failure hidden by || true',
    edit: {
      file: SECOND,
      from: /cub unit set-target reference-data "\$TARGET" (--space "\S+")/,
      to: 'cub unit set-target reference-data nowhere $1 || true',
    },
    chapter: SECOND,
    code: 1,
    says: [/FAIL .*02-environments\.md:\d+ #prod-target/, /target nowhere not found/],
  },
  {
    name: 'a deleted clean-up',
    edit: { file: FIRST, from: /```bash \{\.cleanup[^`]*```\n/, to: '' },
    chapter: FIRST,
    code: 1,
    says: ['left behind: space demo-traderx', 'left behind: namespace demo-confighub'],
  },
  {
    name: 'a clean-up that forgets what has no namespace',
    edit: { file: FIRST, from: 'kubectl delete clusterrolebinding confighub-worker-admin\n', to: '' },
    chapter: FIRST,
    code: 1,
    at: -4,
    says: ['left behind: clusterrolebinding confighub-worker-admin'],
  },
  {
    name: 'a need that is not there',
    edit: { file: SECOND, from: '[01-hello-traderx.md]\n', to: '[01-hallo-traderx.md]\n' },
    chapter: SECOND,
    code: 2,
    at: 0,
    says: ['01-hallo-traderx.md', 'did you mean `01-hello-traderx.md`?'],
  },
  {
    name: 'a shell block without a role',
    edit: { file: FIRST, from: '```bash {.run #create-space}', to: '```bash' },
    chapter: FIRST,
    code: 2,
    at: 0,
    says: ['.run'],
  },
  {
    name: 'a region with the wrong number of replicas',
    edit: { file: THIRD, from: 'set-replicas 5', to: 'set-replicas 4' },
    chapter: THIRD,
    until: 'replicas-in-data',
    code: 1,
    says: [/FAIL .*03-regions\.md:\d+ #replicas-in-data/, '4 int spec.replicas demo-traderx-eu'],
  },
  {
    name: 'regions without links, whose placeholders stay',
    edit: { file: THIRD, from: /```bash \{\.run #link\}[^]*?(?=Notice that you wrote)/, to: '' },
    chapter: THIRD,
    until: 'namespaces-filled',
    code: 1,
    says: [/FAIL .*03-regions\.md:\d+ #namespaces-filled/, 'confighubplaceholder'],
  },
  {
    name: 'a link to the namespace of another region',
    edit: { file: THIRD, from: '"$SERVICE" "namespace-$REGION"', to: '"$SERVICE" namespace-us' },
    chapter: THIRD,
    until: 'links',
    code: 1,
    says: [/FAIL .*03-regions\.md:\d+ #links/, 'namespace-asia'],
  },
  {
    name: 'a forgotten --dry-run',
    edit: { file: FOURTH, from: 'v2 --dry-run --data-only', to: 'v2 --data-only' },
    chapter: FOURTH,
    until: 'dry-run-wrote-nothing',
    code: 1,
    says: [/FAIL .*04-push-upgrade\.md:\d+ #dry-run-wrote-nothing/, /`2`.*`1`/],
  },
  {
    name: 'an upgrade that is left out',
    edit: { file: FOURTH, from: /```bash \{\.run #push-upgrade\}[^`]*```\n\n```text[^`]*```\n/, to: '' },
    chapter: FOURTH,
    until: 'algorithm-in-data',
    code: 1,
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
    code: 1,
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
    code: 1,
    says: [/FAIL .*04-push-upgrade\.md:\d+ #replicas-in-data/, /1 int spec\.replicas demo-traderx-eu/],
  },
];

describe('the tutorial', () => {
  test('runs green, from the fourth chapter and what it needs', { timeout: 240_000 }, async () => {
    folder = copyTutorial();
    const { code, out, err } = await run(FOURTH);
    expect({ code, err }, out).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/\n\d+ passed, 0 failed, 1 skipped\n$/);
    expect(out).toContain('simulated cluster');
  });

  test('takes any prefix', { timeout: 240_000 }, async () => {
    folder = copyTutorial();
    const { code, out } = await startCli(folder, ['run', FOURTH], { env: { MTX_PREFIX: 'team-7' } });
    expect(code, out).toBe(0);
  });
});

describe('broken chapters', () => {
  test.each(BREAKS)('$name', { timeout: 240_000 }, async ({ edit, chapter, until, code, says, at }) => {
    folder = copyTutorial();
    const line = applyEdit(folder, edit);
    const ended = await run(chapter, until);
    const text = ended.out + ended.err;
    expect(ended.code, text).toBe(code);
    for (const part of says)
      expect(text).toMatch(part instanceof RegExp ? part : new RegExp(escapePattern(part)));
    if (at !== undefined) expect(text).toContain(`${edit.file}:${line + at}`);
  });
});
