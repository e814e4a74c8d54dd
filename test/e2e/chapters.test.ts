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
const MANIFEST = 'k8s/traderx/reference-data.yaml';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (chapter: string): Promise<Ended> => startCli(folder, ['run', chapter]);

interface Break {
  readonly name: string;
  readonly edit: Edit;
  readonly chapter: string;
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
    code: 2,
    at: 0,
    says: ['Unit and target are swapped', 'nothing was run'],
  },
  {
    name: 'a fixed wait for a target whose name is assumed',
    edit: {
      file: FIRST,
      from: /TARGET="\$\(cub target list .*\ntest -n "\$TARGET".*/,
      to: 'sleep 5; TARGET=cluster-worker',
    },
    chapter: FIRST,
    code: 2,
    at: 15,
    says: [
      /01-hello-traderx\.md:\d+:\d+: error: The target’s name `cluster-worker` is assumed/,
      'Read it, once the worker has registered it',
      'nothing was run',
    ],
  },
  {
    name: 'no wait for the target at all',
    edit: {
      file: FIRST,
      from: /```bash \{\.run #target-registered\}[^`]*```\n\n```json[^`]*```\n/,
      to: '',
    },
    chapter: FIRST,
    code: 2,
    at: 2,
    says: [
      'Nothing waits until the worker has registered its target',
      'a `cub target list` with an expectation that has `within=60s`',
      'nothing was run',
    ],
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
    at: 0,
    says: [
      'knows no image `docker.io/traderx/reference-data`',
      'Did you mean `ghcr.io/finos/traderx/reference-data` (v1, v2)?',
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
    says: [
      /FAIL .*01-hello-traderx\.md:\d+ #apply/,
      /namespaces "demo-traderx" not found\n.*An apply needs it, so kubectl create namespace "demo-traderx"/,
    ],
  },
  {
    name: 'a command that does not exist',
    edit: { file: SECOND, from: 'cub unit create reference-data', to: 'cub unit copy reference-data' },
    chapter: SECOND,
    code: 2,
    at: 0,
    says: ['There is no command `cub unit copy`', 'nothing was run'],
  },
  {
    name: 'a misspelled role',
    edit: { file: FIRST, from: '```text {.expect stream=both', to: '```text {.expct stream=both' },
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
    code: 2,
    at: -7,
    says: ['The clean-up is never run', 'Give its block the role `.cleanup`', 'nothing was run'],
  },
  {
    name: 'a clean-up that does nothing',
    edit: { file: FIRST, from: /(```bash \{\.cleanup[^`]*\}\n)[^`]*```\n/, to: '$1true\n```\n' },
    chapter: FIRST,
    code: 1,
    at: -1,
    says: ['left behind: space demo-traderx', 'left behind: namespace demo-confighub'],
  },
  {
    name: 'a clean-up that forgets what has no namespace',
    edit: {
      file: FIRST,
      from: 'kubectl delete clusterrolebinding "$PREFIX-confighub-worker-admin"\n',
      to: '',
    },
    chapter: FIRST,
    code: 1,
    at: -7,
    says: ['left behind: clusterrolebinding demo-confighub-worker-admin'],
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
];

describe('the tutorial', () => {
  test('runs green, from the second chapter and what it needs', { timeout: 240_000 }, async () => {
    folder = copyTutorial();
    const { code, out, err } = await run(SECOND);
    expect({ code, err }, out).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/\n\d+ passed, 0 failed, 1 skipped\n$/);
    expect(out).toContain('simulated cluster');
  });
});

describe('broken chapters', () => {
  test.each(BREAKS)('$name', { timeout: 240_000 }, async ({ edit, chapter, code, says, at }) => {
    folder = copyTutorial();
    const line = applyEdit(folder, edit);
    const ended = await run(chapter);
    const text = ended.out + ended.err;
    expect(ended.code, text).toBe(code);
    for (const part of says)
      expect(text).toMatch(part instanceof RegExp ? part : new RegExp(escapePattern(part)));
    if (at !== undefined) expect(text).toContain(`${edit.file}:${line + at}`);
  });
});
