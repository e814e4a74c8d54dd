/** Decides what a container's process will do, from its image, command and environment. */
import type { CatalogueImage, ProcessPlan, ProcessStart, ServerProcess } from './catalogue.ts';
import { planShell } from './plan-shell.ts';

const IDLE: ProcessPlan = { lines: [], listeners: [], files: [], stop: { afterMs: 20, code: 0 } };

/** What the process would do; `program` images are run by the sandbox itself and have no plan. */
export function planProcess(image: CatalogueImage, start: ProcessStart): ProcessPlan {
  const { process } = image;
  if (process.kind === 'shell') return planShell([...defaultCommand(start), ...start.args]);
  if (start.command.length > 0) return planShell([...start.command, ...start.args]);
  return process.kind === 'server' ? planServer(process, start) : IDLE;
}

/** busybox without a command is `sh`, which ends at once without a terminal. */
function defaultCommand({ command, args }: ProcessStart): readonly string[] {
  return command.length === 0 && args.length === 0 ? ['true'] : command;
}

function planServer(process: ServerProcess, { env, user }: ProcessStart): ProcessPlan {
  const values = new Map(
    process.variables.map(({ name, otherwise }) => [name, env[name] ?? otherwise ?? '']),
  );
  const wrong = process.variables.find(
    ({ name, accepts }) =>
      accepts !== undefined && !new RegExp(`^(?:${accepts})$`).test(values.get(name) ?? ''),
  );
  const failure = wrong?.failure ?? (user === 0 ? undefined : process.withoutRoot);
  const fill = (line: string): string =>
    line.replaceAll(/\{([A-Z_]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
  const stop = { afterMs: process.stopMs, code: process.stopCode };
  const lines = process.lines.map(({ afterMs, text }) => ({ afterMs, text: fill(text) }));
  if (failure !== undefined) {
    const { afterMs, code } = failure;
    const value = values.get(wrong?.name ?? '') ?? '';
    const last = failure.lines.map((line) => ({ afterMs, text: line.replaceAll('{value}', value) }));
    const before = lines.filter((line) => line.afterMs < afterMs);
    return { lines: [...before, ...last], listeners: [], files: [], end: { afterMs, code }, stop };
  }
  const listeners = process.listeners.map(({ port, paths, otherwise }) => ({
    port: typeof port === 'number' ? port : Number(values.get(port)),
    afterMs: process.startMs,
    paths,
    otherwise,
  }));
  return { lines, listeners, files: [], stop };
}
