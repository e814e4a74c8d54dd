/** Kubernetes' timestamps: RFC 3339 in whole seconds. */

/** `milliseconds` since 1970 as the API writes it. */
export function stamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds since 1970; 0 for what is no time. */
export function parseStamp(value: unknown): number {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? 0 : parsed;
}

/** A duration as Go prints it: `850ms`, `2.5s`, `1m0s`. */
export function goDuration(milliseconds: number): string {
  const ms = Math.round(milliseconds);
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}
