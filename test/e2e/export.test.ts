/**
 * Exported scripts, judged by bash and ShellCheck and by what they do: the same as the chapter, once, twice, after their
 * clean-up, and in two phases of which the first leaves the cluster alone.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, type TestContext } from 'vitest';
import { startCli, type Ended } from '../support/cli.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const LESSONS = readdirSync(join(ROOT, 'tutorial'))
  .filter((name) => /^\d\d-.*\.md$/.test(name))
  .sort();
const PHASES = ['all', 'structure', 'deploy'] as const;

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

function sandbox(script: string): Promise<Ended> {
  return startCli(folder, ['sandbox'], { input: script });
}

/** ShellCheck has nothing to say of the files. The machine that decides about a change must have it. */
function checkShell(skip: TestContext['skip'], ...paths: readonly string[]): void {
  const { error, stdout } = spawnSync('shellcheck', paths, { encoding: 'utf8' });
  skip(
    error !== undefined && process.env['CI'] !== 'true',
    'no shellcheck on PATH: apt-get install shellcheck',
  );
  expect({ error, stdout }).toEqual({ error: undefined, stdout: '' });
}

describe.each(LESSONS)('%s as a script', (lesson) => {
  test.for(PHASES)('is bash, and ShellCheck has nothing to say: %s', async (phase, { skip }) => {
    const path = await exportTo(`${lesson}-${phase}.sh`, [`tutorial/${lesson}`, '--phase', phase]);
    expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(spawnSync('bash', ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    checkShell(skip, path);
  });

  test('holds every command of the chapter, byte for byte', async () => {
    const script = readFileSync(await exportTo(`${lesson}.sh`, [`tutorial/${lesson}`]), 'utf8');
    const chapter = readFileSync(join(folder, 'tutorial', lesson), 'utf8');
    const bodies = [...chapter.matchAll(/^```bash \{\.(?:run|setup|cleanup)[^\n]*\n([^]*?\n)```$/gm)];
    expect(bodies.length).toBeGreaterThan(5);
    for (const [, body = ''] of bodies) expect(script).toContain(`\n${body}`);
  });

  test('takes down what it made with the prefix alone, in a shell that knows nothing else', () => {
    const chapter = readFileSync(join(folder, 'tutorial', lesson), 'utf8');
    const [, body = ''] = /^```bash \{\.cleanup[^\n]*\n([^]*?\n)```$/m.exec(chapter) ?? [];
    const own = new Set([...body.matchAll(/\b([A-Z_]+)(?:=| in )/g)].map(([, name]) => name));
    const used = new Set([...body.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name));
    expect([...used.difference(own)]).toEqual(body === '' ? [] : ['PREFIX']);
  });
});

test('a script without a clean-up names the page that has it', async () => {
  const steps = [];
  for (const [name, lesson, ...words] of [
    ['deploy', '04-push-upgrade', '--phase', 'deploy'],
    ['structure', '04-push-upgrade', '--phase', 'structure'],
    ['alone', '04-push-upgrade', '--no-needs'],
    ['own', '06-atomic-updates', '--phase', 'structure'],
  ] as const)
    steps.push(
      `bash '${await exportTo(`${name}.sh`, [`tutorial/${lesson}.md`, ...words])}' --clean-up; echo $?\n`,
    );
  const { out, err } = await sandbox(steps.join(''));
  expect(out).toBe('2\n2\n2\n2\n');
  const third =
    'This script has no clean-up: the clean-up of tutorial/03-regions.md takes down what this lesson makes.\n';
  const own =
    'This script has no clean-up: the clean-up of the deploy phase, or of tutorial/06-atomic-updates.md, takes down what this lesson makes.\n';
  expect(err).toContain(third.repeat(3) + own);
});

const FIRST = 'tutorial/01-hello-traderx.md';
const SECOND = 'tutorial/02-environments.md';

describe('a script in the sandbox', () => {
  test('says what is there already, cleans up, and then works again', async () => {
    const path = await exportTo('first.sh', [FIRST]);
    const step = (name: string, words = ''): string =>
      `bash '${path}' ${words} >'${folder}/${name}.out' 2>'${folder}/${name}.err'; echo "${name} $?"\n`;
    const { out, err } = await sandbox(
      [
        step('once'),
        step('twice'),
        step('cleaned', '--clean-up'),
        'kubectl get namespace -o name; cub space list --jq ".[].Space.Slug"\n',
        'export MTX_PREFIX=zed\n',
        step('again'),
        step('removed', '--clean-up'),
        step('gone', '--clean-up'),
      ].join(''),
    );
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const fresh = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map(
      (name) => `namespace/${name}\n`,
    );
    expect(out, err + read('once.err')).toBe(
      `once 0\ntwice 1\ncleaned 0\n${fresh.join('')}again 0\nremoved 0\ngone 1\n`,
    );
    expect(read('twice.err')).toContain('already exists');
    expect(read('twice.err')).toContain('bash first.sh --clean-up (with the same MTX_PREFIX) takes it down.');
    expect(read('again.out')).toContain('Successfully created space zed-traderx');
    expect(read('gone.err')).toContain('some of it was gone already');
  });

  test('comes on the standard input as well, and does what the chapter shows', async () => {
    const script = readFileSync(await exportTo('second.sh', [SECOND]), 'utf8');
    const look = 'kubectl get pods -A -l app=reference-data -o jsonpath="{.items[*].metadata.namespace}"';
    const { code, out, err } = await sandbox(`${script}echo; ${look}`);
    expect(code, err).toBe(0);
    expect(out).toMatch(/\ndemo-traderx-prod demo-traderx$/);
  });

  test('takes nothing down while a later lesson stands on it', async () => {
    const [first, second] = [await exportTo('first.sh', [FIRST]), await exportTo('second.sh', [SECOND])];
    const look = 'cub space list --names | xargs; kubectl get pods -A -o name | wc -l';
    const { out, err } = await sandbox(
      `bash '${second}' >/dev/null; ${look}; bash '${first}' --clean-up; echo "refused $?"; ${look}`,
    );
    const spaces = 'demo-traderx demo-traderx-dev demo-traderx-prod demo-traderx-staging\n3\n';
    expect(out, err).toBe(`${spaces}refused 1\n${spaces}`);
    expect(err).toMatch(
      /Nothing was taken down\. First run the Clean up of the later lessons[^]*demo-traderx-prod/,
    );
  });
});

describe('a chapter with everything in it', () => {
  let own = '';
  beforeEach(() => {
    own = mkdtempSync(join(folder, 'own-'));
    mkdirSync(join(own, 'work'));
    for (const [name, text] of Object.entries(CHAPTERS)) writeFileSync(join(own, name), text);
  });

  const runScript = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawnSync('bash', [join(own, 's.sh'), ...words], {
      cwd: join(own, 'work'),
      encoding: 'utf8',
      timeout: 60_000,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });

  async function exportAll(...words: readonly string[]): Promise<Ended> {
    return await startCli(own, ['export', 'all.md', '-o', 's.sh', ...words]);
  }

  test('passes ShellCheck', async ({ skip }) => {
    await exportAll();
    checkShell(skip, join(own, 's.sh'));
  });

  test('does in bash what the runner does', async () => {
    expect(await startCli(own, ['run', 'all.md'])).toMatchObject({ code: 0 });
    expect(await exportAll()).toEqual({ code: 0, out: '', err: '' });
    const { status, stdout, stderr } = runScript([]);
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      "needed\nhello it's\nno\ntry 3\nCOUNT=3\nserver answers\ngone\nlooked\nasked\nrefused\nend\n",
    );
    expect(existsSync(join(own, 'work', 'made'))).toBe(true);
  });

  test('runs what only some worlds have where MTX_HAS says so', async () => {
    await exportAll();
    expect(runScript([], { MTX_HAS: 'containers' }).stdout).toContain('in a container\n');
  });

  test('cleans up with the values of the lesson, tries every command, and says that one failed', async () => {
    await exportAll();
    runScript([]);
    const { status, stdout, stderr } = runScript(['--clean-up'], { LATE: 'yes' });
    expect(stdout).toBe('removing made of demo\nremoved\nneeded too\n');
    expect(status).toBe(1);
    expect(stderr).toContain('Not all of it could be taken down');
    expect(existsSync(join(own, 'work', 'made'))).toBe(false);
  });

  test('stops at the first failure, with its place and the way out', async () => {
    await exportAll('--no-needs');
    writeFileSync(join(own, 'work', 'made'), '');
    const { status, stdout, stderr } = runScript([], { BREAK: 'yes' });
    expect([status, stdout]).toEqual([1, '']);
    const line = readFileSync(join(own, 's.sh'), 'utf8').split('\n').indexOf('test -z "${BREAK-}"') + 1;
    expect(stderr).toContain(`s.sh: line ${line} ended with status 1.`);
  });

  test.each(['false && echo no', 'if true; then false && echo no; fi', '! true'])(
    'stops where a block ends with `%s`, as the runner does',
    async (last) => {
      writeFileSync(join(own, 'blind.md'), blindPage(last));
      expect(await startCli(own, ['run', 'blind.md'])).toMatchObject({ code: 1 });
      expect(await startCli(own, ['export', 'blind.md', '-o', 's.sh'])).toMatchObject({ code: 0, err: '' });
      const { status, stdout, stderr } = runScript([]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: 'before\n' });
      expect(stderr).toMatch(/s\.sh: line \d+ ended with status 1\./);
      expect(existsSync(join(own, 'work', 'written'))).toBe(false);
      expect(runScript(['--clean-up']).status).toBe(1);
    },
  );

  test('gives up waiting in the end', async () => {
    await exportAll('--no-needs');
    const script = readFileSync(join(own, 's.sh'), 'utf8')
      .replace("'try 3'", "'try 3000'")
      .replace('wait_for 20', 'wait_for 1');
    writeFileSync(join(own, 's.sh'), script);
    const { status, stderr } = runScript([]);
    expect(status).toBe(1);
    expect(stderr).toContain('step_polled: given up, this is not what the lesson shows (status 0)');
  });

  test('keeps what the structure phase set for the deploy phase, as it was then', async ({ skip }) => {
    const text = TWO_PHASES.replaceAll('kubectl', join(own, 'kubectl'));
    writeFileSync(join(own, 'phases.md'), text);
    writeFileSync(join(own, 'kubectl'), '#!/bin/sh\necho "$@" >>done\n', { mode: 0o755 });
    for (const phase of ['structure', 'deploy']) {
      const words = ['export', 'phases.md', '--phase', phase, '-o', `${phase}.sh`];
      expect(await startCli(own, words)).toEqual({ code: 0, out: '', err: '' });
    }
    const bash = (name: string) =>
      spawnSync('bash', [join(own, name)], { cwd: join(own, 'work'), encoding: 'utf8' });
    expect(bash('deploy.sh')).toMatchObject({
      status: 1,
      stderr: 'There is no phases.values here: run the structure phase in this folder first.\n',
    });
    expect(bash('structure.sh')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(existsSync(join(own, 'work', 'done'))).toBe(false);
    expect(bash('deploy.sh')).toMatchObject({ status: 0, stdout: 'hi 2\n', stderr: '' });
    expect(readFileSync(join(own, 'work', 'done'), 'utf8')).toBe('create namespace a b\n');
    checkShell(skip, join(own, 'structure.sh'), join(own, 'deploy.sh'));
  });

  test('takes no other words', async () => {
    await exportAll();
    expect(runScript(['--clean'])).toMatchObject({ status: 2, stderr: 'usage: bash s.sh [--clean-up]\n' });
  });
});

describe('what cannot be exported', () => {
  const refuse = async (chapter: string, ...words: readonly string[]): Promise<string> => {
    const own = mkdtempSync(join(folder, 'own-'));
    writeFileSync(join(own, 'a.md'), chapter);
    const { code, out, err } = await startCli(own, ['export', 'a.md', ...words]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };
  const page = (...fences: readonly string[]): string =>
    `---\ntitle: A\nmtx: {}\n---\n\n# A\n\n${fences.join('\n')}`;

  test('a phase that would be empty', async () => {
    const direct = page('```bash {.run #go}\nkubectl create namespace x\n```\n');
    expect(await refuse(direct, '--phase', 'structure')).toMatch(/a\.md:8:1[^]*The structure phase is empty/);
    const none = page('```bash {.run}\necho\n```\n');
    expect(await refuse(none, '--phase', 'deploy')).toContain('The deploy phase is empty');
  });

  test('a clean-up that needs a value which only a change gives', async () => {
    const text = page(
      '```bash {.run}\necho\nFILE="$(mktemp --tmpdir x.XXXX)"\n```\n',
      '```bash {.cleanup}\nrm "$FILE"\n```\n',
    );
    expect(await refuse(text)).toMatch(/a\.md:10:1[^]*uses FILE[^]*FILE="\$\(… get …\)"/);
  });

  test('a file that cannot be written', async () => {
    expect(await refuse(page('```bash {.run}\necho\n```\n'), '-o', 'no/such/x.sh')).toContain(
      'cannot be written',
    );
  });
});

/** A page that must not come to its second block; its clean-up fails in the same way. */
const blindPage = (last: string): string => `---
title: Blind
mtx: {}
---

# Blind

\`\`\`bash {.run}
echo before
${last}
\`\`\`

\`\`\`bash {.run}
echo too late >written
\`\`\`

\`\`\`bash {.cleanup}
${last}
\`\`\`
`;

const TWO_PHASES = `---
title: Phases
mtx: {}
---

# Phases

\`\`\`bash {.run}
printf '1\\n2\\n' >lines
BEFORE="$(wc -l <lines)"
NAME='a b'
greet() { echo "hi $1"; }
rm lines
\`\`\`

\`\`\`bash {.run}
kubectl create namespace "$NAME"
greet "$BEFORE"
\`\`\`
`;

const CHAPTERS = {
  'needed.md': `---
title: Needed
mtx: {}
---

# Needed

\`\`\`bash {.run}
LEAKED=yes
echo needed
\`\`\`

\`\`\`bash {.cleanup}
echo needed too
\`\`\`
`,
  'all.md': `---
title: All
summary: Everything at once.
mtx:
  needs: [needed.md]
  env: { WORD: "it's" }
---

# All

## Before

\`\`\`bash {.setup}
test -z "\${BREAK-}"
test -z "\${LEAKED-}"
greet() {
  echo "hello $1"
}
PREFIX="\${MTX_PREFIX:-demo}"
rm -f made count
\`\`\`

\`\`\`bash {.run}
greet "$WORD"
\`\`\`

\`\`\`text {.expect}
hello it's
\`\`\`

\`\`\`bash {.run}
echo no
false
\`\`\`

\`\`\`text {.expect exit=1}
no
\`\`\`

## Waiting

\`\`\`bash {.run #polled retry}
echo x >>count
COUNT="$(wc -l <count)"
if [[ $COUNT -gt 3 ]]; then COUNT=3; fi
echo "try $COUNT"
\`\`\`

\`\`\`text {.expect within=20s every=100ms}
try 3
\`\`\`

\`\`\`bash {.run}
echo "COUNT=$COUNT"
\`\`\`

\`\`\`bash {.background #server ready=/listening/ timeout=10s}
echo listening
sleep 300
\`\`\`

\`\`\`bash {.run}
echo server answers
\`\`\`

\`\`\`bash {.run #gone}
echo gone
\`\`\`

\`\`\`text {.expect match=absent within=5s}
still there
\`\`\`

\`\`\`bash {.run #complains retry}
echo looked
echo "found 3" >&2
\`\`\`

\`\`\`text {.expect match=like stream=stderr within=5s}
found <<n:int>>
\`\`\`

\`\`\`text {.expect stream=stdout within=5s}
looked
\`\`\`

\`\`\`bash {.run #refused retry}
echo asked
echo "refused" >&2
(exit 3)
\`\`\`

\`\`\`text {.expect exit=3 within=5s}
asked
refused
\`\`\`

## Files

\`\`\`yaml {.file path=made/map.yaml}
a: "$b"
\`\`\`

\`\`\`bash {.run}
grep -q b made/map.yaml
\`\`\`

\`\`\`bash {.skip reason="needs a browser"}
open "http://localhost"
\`\`\`

\`\`\`bash {.run only=containers}
echo in a container
\`\`\`

\`\`\`bash {.run}
echo end
\`\`\`

\`\`\`bash {.cleanup}
echo "removing made of $PREFIX"
rm -r made
test -z "\${LATE-}"
echo removed
\`\`\`
`,
};
