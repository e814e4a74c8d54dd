/** Starts the real executable in a folder of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN: string = fileURLToPath(new URL('../../runner/bin.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface StartOptions {
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The standard input, a pipe; absent: empty. */
  readonly input?: string;
  /** Sent once the output so far contains `after`. */
  readonly signal?: {
    readonly name: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
    readonly after: (out: string) => boolean;
  };
}

/** A folder with these files, removed at the end of the test. */
export function openFolder(files: Readonly<Record<string, string>>): { path: string; close: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'mtx-doc-test-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, close: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs `mtx-doc` to its end, without a terminal and without the colour settings of whoever runs the tests. */
export async function startCli(
  cwd: string,
  words: readonly string[],
  options: StartOptions = {},
): Promise<Ended> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, GITHUB_STEP_SUMMARY: _summary, ...base } = process.env;
  const child = spawn(options.node ?? process.execPath, [BIN, ...words], {
    cwd,
    env: { ...base, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const { signal } = options;
  const watch =
    signal === undefined
      ? undefined
      : setInterval(() => {
          if (!signal.after(out.join(''))) return;
          clearInterval(watch);
          child.kill(signal.name);
        }, 50);
  const code = await new Promise<number | null>(
    (resolve) => void child.on(signal?.name === 'SIGKILL' ? 'exit' : 'close', resolve),
  );
  clearInterval(watch);
  return { code, out: out.join(''), err: err.join('') };
}

/** A chapter of these fences. */
export function chapterText(...fences: readonly string[]): string {
  return ['---', 'title: Test', 'mtx:', '  timeout: 30s', '---', '', '# Test', '', ...fences, ''].join('\n');
}

/** A run and, where given, what it must print. */
export function fence(attributes: string, command: string, expected?: string): string {
  const run = `\`\`\`bash {${attributes}}\n${command}\n\`\`\`\n`;
  return expected === undefined ? run : `${run}\n\`\`\`text {.expect}\n${expected}\n\`\`\`\n`;
}
