/** The lines at the bottom of a terminal that say what is running now; they vanish when something is written for good. */
import type { Clock } from '../execution/execution-options.ts';
import { renderDuration } from '../report/render-duration.ts';
import type { Style } from '../report/style.ts';
import type { TextStream } from './host.ts';

const INTERVAL_MS = 100;

export interface LiveLines {
  /** Shows a line with the time since now. */
  start(key: string, label: string): void;
  /** Changes a line's text; its time goes on. */
  relabel(key: string, label: string): void;
  stop(key: string): void;
  /** Writes text for good, above the lines. */
  write(text: string): void;
  /** Erases the lines and ends the timer. */
  close(): void;
}

/** Opens live lines on a terminal. Nothing is drawn in the first interval of a block, so that quick ones do not flicker. */
export function openLiveLines(stream: TextStream, clock: Clock, style: Style): LiveLines {
  const running = new Map<string, { readonly label: string; readonly since: number }>();
  let drawn = 0;
  let cancel: (() => void) | undefined;
  const erase = (): void => {
    if (drawn > 0) stream.write(`\u001B[${drawn}A\r\u001B[J`);
    drawn = 0;
  };
  const draw = (): void => {
    const lines = [...running.values()].map(({ label, since }) =>
      fit(label, clock.now() - since, stream.columns),
    );
    if (lines.length > 0) stream.write(`${lines.map((line) => style('dim', line)).join('\n')}\n`);
    drawn = lines.length;
  };
  const tick = (): void => {
    erase();
    draw();
    cancel = running.size > 0 ? clock.after(INTERVAL_MS, tick) : undefined;
  };
  return {
    start: (key, label) => {
      running.set(key, { label, since: clock.now() });
      cancel ??= clock.after(INTERVAL_MS, tick);
    },
    relabel: (key, label) => {
      const line = running.get(key);
      if (line !== undefined) running.set(key, { ...line, label });
    },
    stop: (key) => void running.delete(key),
    write: (text) => {
      erase();
      stream.write(text);
    },
    close: () => {
      cancel?.();
      erase();
    },
  };
}

/** The label cut so that the line never wraps: a wrapped line could not be erased. */
function fit(label: string, elapsedMs: number, columns: number): string {
  const time = ` ${renderDuration(Math.floor(elapsedMs / 100) * 100)}`;
  const room = columns - time.length - 1;
  return (label.length > room ? `${label.slice(0, Math.max(0, room - 1))}…` : label) + time;
}
