/** A running container: either the catalogue's plan played back, or a program of the sandbox. */
import type { Answer, PlannedListener, ProcessPlan } from '../../catalogue/catalogue.ts';
import type { ContainerProgram, ContainerStart, RunningContainer } from '../../kube.ts';
import type { Context } from '../controller.ts';

/** What probes and the pod's end ask of it. */
export interface Process {
  /** The answer on `port` and `path`; undefined if nothing listens there. */
  request(port: number, path: string): Answer | undefined;
  /** Runs a command in the container; undefined if the catalogue does not know what it would do. */
  exec(command: readonly string[]): { readonly code: number; readonly output: string } | undefined;
  /** Asks it to end. It calls `exited` when it has, at the latest after `graceMs` of life. */
  stop(graceMs: number): void;
  /** Ends it without a word: the node forgets it. */
  close(): void;
}

export interface ProcessHooks {
  log(line: string): void;
  exited(code: number): void;
}

const KILLED = 137;

/** Plays `plan` of a process that started at `startedAt`, from now on. */
export function runPlan(
  context: Context,
  plan: ProcessPlan,
  startedAt: number,
  hooks: ProcessHooks,
): Process {
  const timers = new Set<() => void>();
  const at = (ms: number, work: () => void): void => {
    const cancel = context.later(ms, () => {
      timers.delete(cancel);
      work();
    });
    timers.add(cancel);
  };
  const close = (): void => {
    for (const cancel of timers) cancel();
    timers.clear();
  };
  const end = (code: number): void => {
    close();
    hooks.exited(code);
  };
  const age = (): number => (context.cluster.clock.now() - startedAt) / context.options.speed;
  const writeUntil = writeLines(plan.lines, { at, age, log: (line) => hooks.log(line) });
  const planned = plan.end;
  if (planned !== undefined) {
    at(Math.max(0, planned.afterMs + 1 - age()), () => {
      // Timers so close to each other fire in any order: what it wrote last is not lost.
      writeUntil(planned.afterMs);
      end(planned.code);
    });
  }
  return {
    request: (port, path) =>
      answer(
        plan.listeners.find((listener) => listener.port === port && listener.afterMs <= age()),
        path,
      ),
    exec: (command) => execInPlan(plan, age(), command),
    stop: (graceMs) => {
      const { afterMs, code } = plan.stop ?? { afterMs: Number.POSITIVE_INFINITY, code: KILLED };
      at(Math.min(afterMs, graceMs), () => end(afterMs <= graceMs ? code : KILLED));
    },
    close,
  };
}

interface Pace {
  at(ms: number, work: () => void): void;
  /** Milliseconds of the process's life. */
  age(): number;
  log(line: string): void;
}

/** Writes each line when its time has come; the returned function writes those until then at once. */
function writeLines(planned: ProcessPlan['lines'], pace: Pace): (untilMs: number) => void {
  const lines = planned.toSorted((one, other) => one.afterMs - other.afterMs);
  let written = 0;
  const writeUntil = (untilMs: number): void => {
    for (const line of lines.slice(written)) {
      if (line.afterMs > untilMs) return;
      pace.log(line.text);
      written += 1;
    }
  };
  const writeNext = (): void => {
    const line = lines[written];
    if (line === undefined) return;
    pace.at(Math.max(0, line.afterMs - pace.age()), () => {
      writeUntil(line.afterMs);
      writeNext();
    });
  };
  writeNext();
  return writeUntil;
}

function answer(listener: PlannedListener | undefined, path: string): Answer | undefined {
  if (listener === undefined) return undefined;
  const [bare = ''] = path.split('?');
  return Object.hasOwn(listener.paths, bare) ? listener.paths[bare] : listener.otherwise;
}

/** Commands that need nothing but an exit code, and looks at files that the process makes. */
function execInPlan(
  plan: ProcessPlan,
  ageMs: number,
  command: readonly string[],
): { code: number; output: string } | undefined {
  const words =
    command.length === 3 && command[0]?.endsWith('sh') === true ? (command[2] ?? '').split(/\s+/) : command;
  const [name = '', ...args] = words;
  const exists = (path: string): boolean =>
    plan.files.some((file) => file.path === path && file.fromMs <= ageMs && ageMs < file.untilMs);
  const path = args.at(-1) ?? '';
  switch (name) {
    case 'true':
      return { code: 0, output: '' };
    case 'false':
      return { code: 1, output: '' };
    case 'exit':
      return { code: Number(args[0] ?? 0), output: '' };
    case 'echo':
      return { code: 0, output: `${args.join(' ')}\n` };
    case 'test':
      return { code: exists(path) ? 0 : 1, output: '' };
    case 'cat':
      return exists(path)
        ? { code: 0, output: '' }
        : { code: 1, output: `cat: can't open '${path}': No such file or directory\n` };
    default:
      return undefined;
  }
}

/** Runs a program of the sandbox. It listens on nothing and stops at once. */
export function runProgram(
  program: ContainerProgram,
  start: Omit<ContainerStart, 'log' | 'exited'>,
  hooks: ProcessHooks,
): Process {
  let over = false;
  const end = (code: number): void => {
    if (over) return;
    over = true;
    hooks.exited(code);
  };
  const running: RunningContainer = program.start({
    ...start,
    log: (line) => {
      if (!over) hooks.log(line);
    },
    exited: end,
  });
  return {
    request: () => undefined,
    exec: () => undefined,
    stop: () => {
      running.stop();
      end(0);
    },
    close: () => {
      over = true;
      running.stop();
    },
  };
}
