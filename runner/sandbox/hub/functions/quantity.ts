/** Resource quantities (`500m`, `1Gi`): comparing and multiplying them exactly. */

const UNITS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  n: [1n, 10n ** 9n],
  u: [1n, 10n ** 6n],
  m: [1n, 1000n],
  '': [1n, 1n],
  k: [1000n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  P: [10n ** 15n, 1n],
  E: [10n ** 18n, 1n],
  Ki: [2n ** 10n, 1n],
  Mi: [2n ** 20n, 1n],
  Gi: [2n ** 30n, 1n],
  Ti: [2n ** 40n, 1n],
  Pi: [2n ** 50n, 1n],
  Ei: [2n ** 60n, 1n],
};

const DECIMAL: readonly string[] = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 10n ** 9n;

/** An amount in billionths, and how it was written. */
export interface Quantity {
  readonly nano: bigint;
  readonly style: 'binary' | 'decimal' | 'exponent';
}

/** Undefined for what is no quantity. Anything finer than a billionth is rounded up. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^([+-]?)(\d{0,30})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(
    text,
  );
  if (match === null || `${match[2] ?? ''}${match[3] ?? ''}` === '') return undefined;
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match;
  const digits = BigInt(`${whole}${fraction}`);
  const power = Number(exponent ?? 0);
  const [times, by] = UNITS[suffix] ?? [1n, 1n];
  const up = digits * NANO * times * 10n ** BigInt(Math.max(power, 0));
  const down = by * 10n ** BigInt(fraction.length + Math.max(-power, 0));
  const nano = up / down + (up % down === 0n ? 0n : 1n);
  const style = exponent === undefined ? (suffix.endsWith('i') ? 'binary' : 'decimal') : 'exponent';
  return { nano: sign === '-' ? -nano : nano, style };
}

/** The canonical text of `factor` times the amount: no fraction, the largest unit in which it is whole. */
export function multiplyQuantity({ nano, style }: Quantity, factor: number): string {
  const amount = nano * BigInt(factor);
  if (amount === 0n) return '0';
  if (style === 'exponent') return showExponent(amount);
  const units = style === 'binary' && amount % NANO === 0n ? BINARY : DECIMAL;
  for (const unit of units.toReversed()) {
    const [times, by] = UNITS[unit] ?? [1n, 1n];
    const size = (NANO * times) / by;
    if (amount % size === 0n) return `${amount / size}${unit}`;
  }
  return `${amount}n`;
}

function showExponent(amount: bigint): string {
  let power = 18;
  while (power > -9 && amount % 10n ** BigInt(power + 9) !== 0n) power -= 3;
  return `${amount / 10n ** BigInt(power + 9)}${power === 0 ? '' : `e${power}`}`;
}
