/** Durations as Go writes them: `10s`, `2m`, `1h30m`, `1.5s`. */

const UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds; undefined if it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of body.matchAll(/([\d.]+)([a-zµμ]+)/g))
    total += Number(amount) * (UNITS_MS[unit] ?? 0);
  return sign === '-' ? -total : total;
}
