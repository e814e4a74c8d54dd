/**
 * A few words of shell, enough for the examples that documentation uses: `sleep`, `echo`, `exit`, `true`, `false`,
 * `touch`, `rm`, joined by `;`, `&&`, `||` and line ends, and `while true; do …; done`. Anything else fails, loudly.
 */
import type { ImageLine, PlannedFile, ProcessPlan } from './catalogue.ts';

const FOREVER = Number.MAX_SAFE_INTEGER;
const LOOP_LIMIT = 200;
const STEP_MS = 3;

interface Run {
  atMs: number;
  code: number;
  ended: boolean;
  readonly lines: ImageLine[];
  readonly files: Map<string, { fromMs: number; untilMs: number }[]>;
}

/** The plan of a container that runs `words`. */
export function planShell(words: readonly string[]): ProcessPlan {
  const run: Run = { atMs: STEP_MS, code: 0, ended: false, lines: [], files: new Map() };
  const [first = '', second, script] = words;
  const isScript = /^(?:\/bin\/)?(?:a|ba)?sh$/.test(first) && /^-[a-z]*c$/.test(second ?? '');
  if (isScript) runScript(run, script ?? '');
  else runCommand(run, words);
  const files: PlannedFile[] = [...run.files].flatMap(([path, spans]) =>
    spans.map((span) => ({ path, ...span })),
  );
  const endless = run.atMs >= FOREVER;
  return {
    lines: run.lines,
    listeners: [],
    files,
    ...(endless ? {} : { end: { afterMs: run.atMs, code: run.code } }),
    stop: undefined,
  };
}

function runScript(run: Run, script: string): void {
  const loop = /^(?<before>[^]*?)while (?:true|:)\s*;\s*do\s(?<body>[^]*?);?\s*done\s*;?\s*$/.exec(script);
  runList(run, loop?.groups?.['before'] ?? script);
  const body = loop?.groups?.['body'];
  if (body === undefined) return;
  for (let turn = 0; turn < LOOP_LIMIT && !run.ended; turn += 1) {
    const before = run.atMs;
    runList(run, body);
    if (run.atMs - before < 100) break;
  }
  if (!run.ended) run.atMs = FOREVER;
}

function runList(run: Run, script: string): void {
  let operator = ';';
  for (const token of script.split(/(&&|\|\||[;\n])/)) {
    const part = token.trim();
    if (run.ended || run.atMs >= FOREVER) return;
    if (/^(?:&&|\|\||;)$/.test(part)) operator = part;
    else if (part === '') operator = token === '' ? operator : ';';
    else if ((operator === '&&' && run.code !== 0) || (operator === '||' && run.code === 0)) continue;
    else runCommand(run, splitWords(part));
  }
}

function runCommand(run: Run, words: readonly string[]): void {
  const [name = '', ...args] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  run.atMs += STEP_MS;
  if (command === undefined || words.some((word) => /[|<>`$&]/.test(word))) {
    const text = `mtx-doc sandbox: the image catalogue cannot run ${JSON.stringify(words.join(' '))}`;
    run.lines.push({ afterMs: run.atMs, text });
    run.code = 127;
    run.ended = true;
    return;
  }
  run.code = 0;
  command(run, args);
}

const COMMANDS: Readonly<Record<string, (run: Run, args: readonly string[]) => void>> = {
  true: () => undefined,
  ':': () => undefined,
  false: (run) => {
    run.code = 1;
  },
  exit: (run, [code = '0']) => {
    run.code = Number.parseInt(code, 10) || 0;
    run.ended = true;
  },
  sleep: (run, [duration = '']) => {
    const ms = sleepMs(duration);
    run.atMs = Math.min(FOREVER, run.atMs + ms);
  },
  echo: (run, args) => {
    run.lines.push({ afterMs: run.atMs, text: args.join(' ') });
  },
  touch: (run, paths) => {
    for (const path of paths) {
      const spans = run.files.get(path) ?? [];
      if ((spans.at(-1)?.untilMs ?? 0) < FOREVER) spans.push({ fromMs: run.atMs, untilMs: FOREVER });
      run.files.set(path, spans);
    }
  },
  rm: (run, args) => {
    for (const path of args.filter((word) => !word.startsWith('-'))) {
      const span = run.files.get(path)?.at(-1);
      if (span !== undefined && span.untilMs === FOREVER) span.untilMs = run.atMs;
      else if (!args.some((word) => /^-\w*f/.test(word))) run.code = 1;
    }
  },
};

function sleepMs(duration: string): number {
  if (duration === 'infinity' || duration === 'inf') return FOREVER;
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(duration);
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match?.[2] === '' ? 's' : (match?.[2] ?? 's')] ?? 1;
  return Number(match?.[1] ?? 0) * unit * 1000;
}

function splitWords(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
