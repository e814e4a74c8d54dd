/**
 * Scenarios of `cub` commands as data, run against a fresh hub each: with our client in this process, or with any binary.
 * What they print is normalised (ids, addresses, secrets) so that a run with one client can be compared to a record of another.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { entitiesOf, partOf, textOf } from '../../runner/sandbox/cub/entity.ts';
import { runCub } from '../../runner/sandbox/cub/main.ts';
import type { HttpHandler } from '../../runner/sandbox/http/http.ts';
import { serve } from '../../runner/sandbox/http/serve.ts';
import { joinWorker } from './cub-worker.ts';
import type { WorkerPlan } from './cub-worker.ts';
import { openTestHub } from './hub.ts';
import type { TestHub } from './hub.ts';

export interface Scenario {
  readonly name: string;
  /** Files of the working folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of `$HOME/.confighub`; a session is there unless null is given for it. */
  readonly home?: Readonly<Record<string, unknown>>;
  /** Canned answers in place of the hub, for what ours does not serve or would never say. */
  readonly answers?: readonly Canned[];
  /** Why only our client is held to it: flags that the binary of August does not have. */
  readonly oursOnly?: string;
  readonly steps: readonly Step[];
}

interface Canned {
  readonly method: string;
  readonly path: string;
  readonly status?: number;
  readonly type?: string;
  readonly body: unknown;
}

export interface Step {
  /** Words after `cub`, quoted like in a shell; `{NAME}`, here and in `stdin`, is what `keep` remembered. */
  readonly cub?: string;
  readonly stdin?: string;
  /** Remembers the trimmed output under this name. */
  readonly keep?: string;
  /** The original prints lines in random order. */
  readonly anyOrder?: boolean;
  /** Descriptions in help texts are our own: only the layout is compared. */
  readonly help?: boolean;
  /** Lets a worker join and answer operations. */
  readonly worker?: WorkerPlan;
  readonly out?: string;
  readonly err?: string;
  readonly exit?: number;
}

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exit: number;
}

/** How a client is run. */
export type Client = (words: readonly string[], place: Place) => Promise<Outcome>;

interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdin: string;
}

/** Our client, in this process. */
export const ours: Client = async (words, place) => {
  const printed = { out: '', err: '' };
  const exit = await runCub({
    words,
    env: place.env,
    cwd: place.cwd,
    stdin: singleChunk(place.stdin),
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    colour: false,
  });
  return { ...printed, exit };
};

async function* singleChunk(text: string): AsyncGenerator<string> {
  yield text;
}

/** A program that behaves like cub. */
export function binary(path: string): Client {
  return (words, place) =>
    new Promise((resolve, reject) => {
      const options = { env: place.env, cwd: place.cwd, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(path, [...words], options, (error, out, err) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') resolve({ out, err, exit: code });
        else reject(error ?? new Error(`${path} did not end`));
      });
      // A client that reads no input may have ended before it was written.
      child.stdin?.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') reject(error);
      });
      child.stdin?.end(place.stdin);
    });
}

/** The scenarios of every file in a folder, by file. */
export async function readScenarios(
  folder: URL,
): Promise<{ readonly file: string; readonly scenarios: readonly Scenario[] }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      file,
      scenarios: parse(await readFile(new URL(file, folder), 'utf8')) as readonly Scenario[],
    })),
  );
}

/** Runs all steps; the outcomes are normalised, one per step that runs cub. */
export async function runScenario(scenario: Scenario, client: Client): Promise<Outcome[]> {
  const hub = openTestHub();
  const folder = await mkdtemp(join(tmpdir(), 'cub-'));
  const listening = await serve(scenario.answers === undefined ? hub.handler : canned(scenario.answers));
  try {
    await prepareFolder(folder, scenario);
    const env = {
      HOME: join(folder, 'home'),
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      SHELL: '/bin/bash',
      CONFIGHUB_URL: listening.url,
      ...scenario.env,
    };
    return await runSteps(scenario, client, {
      hub,
      url: listening.url,
      env,
      cwd: join(folder, 'work'),
      folder,
    });
  } finally {
    await listening.close();
    hub.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepareFolder(folder: string, scenario: Scenario): Promise<void> {
  await mkdir(join(folder, 'home', '.confighub'), { recursive: true });
  await mkdir(join(folder, 'work'));
  const session = {
    access_token: 'token',
    user: { id: 'user_1', email: 'me@local' },
    organization_id: 'org_1',
  };
  for (const [name, content] of Object.entries({ 'session.json': session, ...scenario.home }))
    if (content !== null) await writeFile(join(folder, 'home', '.confighub', name), JSON.stringify(content));
  for (const [name, text] of Object.entries(scenario.files ?? {}))
    await writeFile(join(folder, 'work', name), text);
}

interface Stage {
  readonly hub: TestHub;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** All files of the scenario are below it. */
  readonly folder: string;
}

async function runSteps(scenario: Scenario, client: Client, stage: Stage): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const kept = new Map<string, string>();
  const normalise = normaliser(stage);
  for (const step of scenario.steps) {
    stage.hub.clock.advance(1250);
    if (step.worker !== undefined) await joinWorker(stage.hub, step.worker);
    if (step.cub === undefined) continue;
    const fill = (text: string): string =>
      text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => kept.get(name) ?? whole);
    const place = { env: stage.env, cwd: stage.cwd, stdin: fill(step.stdin ?? '') };
    const outcome = await client(splitWords(fill(step.cub)), place);
    if (step.keep !== undefined) kept.set(step.keep, outcome.out.trim());
    const secrets = await secretsOf(stage.hub);
    outcomes.push({
      out: arrange(step, normalise(outcome.out, secrets)),
      err: normalise(outcome.err, secrets),
      exit: outcome.exit,
    });
  }
  return outcomes;
}

/** Our own words for help, and random order, are no differences. */
function arrange(step: Step, text: string): string {
  if (step.anyOrder === true) return text.split('\n').toSorted().join('\n');
  if (step.help !== true) return text;
  const layout = text.slice(text.indexOf('Usage:'));
  return layout
    .replaceAll(/^(  +(?:-., )?\S+(?: (?:strings|string|stringArray|int))?) {2,}\S.*$/gm, '$1')
    .replaceAll(/^( {2}\S+) .*$/gm, '$1');
}

/** Numbers ids by first appearance; shows trailing blanks as `·`. */
function normaliser(stage: Stage): (text: string, secrets: readonly string[]) => string {
  const ids = new Map<string, string>([['00000000-0000-0000-0000-000000000000', '<zero>']]);
  const nameOf = (id: string): string => {
    const known = ids.get(id) ?? `<id ${ids.size}>`;
    ids.set(id, known);
    return known;
  };
  return (text, secrets) => {
    let plain = text;
    for (const secret of secrets) plain = plain.replaceAll(secret, '<secret>');
    return plain
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, nameOf)
      .replaceAll(stage.folder, '<folder>')
      .replaceAll(stage.url, '<hub>')
      .replaceAll(stage.url.slice('http://'.length), '<host>')
      .replaceAll(/\breq-\d+/g, 'req-N')
      .replaceAll(/ +$/gm, (blanks) => '·'.repeat(blanks.length));
  };
}

async function secretsOf(hub: TestHub): Promise<readonly string[]> {
  const workers = entitiesOf((await hub.call('GET', '/bridge_worker')).json);
  return workers
    .map((item) => textOf(partOf(item, 'BridgeWorker'), 'Secret'))
    .filter((secret) => secret !== '');
}

/** Splits at blanks; single and double quotes as in a shell, without expansions. */
export function splitWords(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(
      /'([^']*)'|"((?:\\.|[^"\\])*)"/g,
      (_, single?: string, double?: string) => single ?? (double ?? '').replaceAll(/\\(.)/g, '$1'),
    ),
  );
}

/** A hub that says what it was told to, by method and path; anything else is 503, which no client can read. */
function canned(answers: readonly Canned[]): HttpHandler {
  return (request) => {
    const found = answers.find(
      (answer) =>
        answer.method === request.method && [answer.path, `/api${answer.path}`].includes(request.path),
    );
    const {
      status = 200,
      type = 'application/json',
      body,
    } = found ?? { status: 503, body: { Message: 'no such answer' } };
    return Promise.resolve({
      status,
      headers: { 'content-type': type, 'x-request-id': 'req-1' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };
}
