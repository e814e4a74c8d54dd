/** Secrets that the world makes while a chapter runs: no sink may show them, in whatever form they are printed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chapterText, fence, openFolder, startCli } from '../support/cli.ts';

let folder: ReturnType<typeof openFolder>;
beforeEach(() => (folder = openFolder({})));
afterEach(() => folder.close());

test('a secret that an author wrote into a command is in no sink either', async () => {
  const closed = openFolder({
    'a.md': chapterText(fence('.run', 'API_TOKEN=s3cr3t-value; echo "$API_TOKEN"; (exit 3) # s3cr3t-value')),
  });
  try {
    const { out, err } = await startCli(closed.path, [
      'run',
      'a.md',
      '--verbose',
      '--report',
      'r.json',
      '--junit',
      'r.xml',
    ]);
    const sinks = [
      out,
      err,
      ...['r.json', 'r.xml'].map((name) => readFileSync(join(closed.path, name), 'utf8')),
    ];
    for (const sink of sinks) expect(sink).not.toContain('s3cr3t-value');
    expect(sinks[2]).toContain('***');
  } finally {
    closed.close();
  }
});

test("a worker's secret and a service account's token are masked in the report, JUnit and on the terminal", async () => {
  const known = join(folder.path, 'known');
  const commands = [
    'cub space create s && cub worker create w --space s',
    'cub worker list --space s --json',
    'cub worker install w --space s --export --include-secret',
    'kubectl create token default',
    `cub worker list --space s --jq '.[0].BridgeWorker.Secret' >${known}`,
    `printf 'key: %s' "$(cat ${known})" | base64 -w0; cat ${known} >&2; false`,
  ];
  const closed = openFolder({
    'a.md': chapterText(...commands.map((command) => fence('.run', command))).replace(
      'mtx:',
      'mtx:\n  requires: [cub, kubectl]',
    ),
  });
  try {
    const words = ['run', 'a.md', '--verbose', '--report', 'r.json', '--junit', 'r.xml'];
    const { code, out, err } = await startCli(closed.path, words);
    expect(code).toBe(1);
    const secret = readFileSync(known, 'utf8').trim();
    expect(secret).toMatch(/^ch_\w{16,}$/);
    const sinks = [
      out,
      err,
      ...['r.json', 'r.xml'].map((name) => readFileSync(join(closed.path, name), 'utf8')),
    ];
    for (const sink of sinks) {
      expect(sink).not.toContain(secret);
      expect(sink).not.toContain(btoa(secret).slice(4, 40));
      expect(sink).not.toContain(btoa(`key: ${secret}`).slice(12, 40));
      expect(sink).not.toMatch(/eyJ[\w-]{20}/);
    }
    const report = sinks[2] ?? '';
    expect(report).toContain(String.raw`\"Secret\": \"***\"`);
    expect(report.match(/\*\*\*/g)?.length).toBeGreaterThan(4);
  } finally {
    closed.close();
  }
});
