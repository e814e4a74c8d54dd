/** What a shell knows, carried into another one: shown with real bash. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreScript, saveScript } from '../../../runner/cli/shell-state.ts';

const LOOK = `echo "$a|$b|\${c[1]}|\${d[k]}|$e|$r"; f; bash -c 'echo "$b"'; g; pwd; shopt -q nullglob && echo null; echo "$-" | tr -cd u; readonly -p | grep -c ' r='`;

it('carries variables, functions, aliases, options and the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-doc-test-'));
  try {
    const bash = (script: string): string =>
      execFileSync('bash', ['--norc', '-c', script], {
        encoding: 'utf8',
        cwd: folder,
        env: { PATH: process.env['PATH'] },
      });
    bash(saveScript(`${folder}/base`));
    const make = `shopt -s expand_aliases nullglob; set -u; a=$'x\\n"$\`'; export b='two words'; c=(1 '2 3'); declare -A d=([k]=v)
      e=; readonly r=5; f() { echo "f \${1-none}"; }; alias g='echo alias'; mkdir s; cd s`;
    const wanted = bash(`${make}\n${LOOK}\n${saveScript(`${folder}/state`)}`);
    expect(wanted).toContain('|two words|2 3|v||5\nf none\ntwo words\nalias\n');
    const [state, base] = ['state', 'base'].map((name) => readFileSync(join(folder, name), 'utf8'));
    const script = restoreScript(state ?? '', base ?? '');
    expect(bash(`shopt -s expand_aliases\n${script}\n${LOOK}`)).toBe(wanted);
    expect(script).not.toMatch(/BASH_VERSINFO|EUID|PPID/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
