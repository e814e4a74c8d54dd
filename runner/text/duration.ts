/** Durations as authors write them in chapters and on the command line: one number, one unit. */

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const PATTERN = /^(\d{1,9})(ms|s|m|h)$/;

/** What a duration looks like, for hints. */
export const DURATION_HINT = 'write a number and a unit: `500ms`, `30s`, `2m`';

/** Milliseconds of `500ms`, `30s`, `2m`, `1h`; undefined for anything else and for zero. */
export function parseDuration(text: string): number | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const ms = Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
  return ms > 0 ? ms : undefined;
}
