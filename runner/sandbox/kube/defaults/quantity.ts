/** Resource quantities in canonical form, as apimachinery's resource.Quantity prints them: `0.5` is `500m`, `1024Mi` is `1Gi`. */
import type { Json, JsonObject } from '../kube.ts';

const NANO = 1_000_000_000n;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const pattern = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/;

/** The amount in billionths; undefined where the text is no quantity. */
export function parseQuantity(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = '', exponent, suffix = ''] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const mantissa = BigInt(`${whole}${fraction}` || '0');
  const scale = 10n ** BigInt(fraction.length);
  const value = roundUp(mantissa * NANO * multiplier(exponent, suffix), scale * divisor(exponent, suffix));
  return sign === '-' ? -value : value;
}

function multiplier(exponent: string | undefined, suffix: string): bigint {
  if (exponent !== undefined) return 10n ** BigInt(Math.max(0, Number(exponent.slice(1))));
  if (suffix.endsWith('i')) return 1024n ** BigInt(binarySuffixes.indexOf(suffix));
  return 1000n ** BigInt(Math.max(0, decimalSuffixes.indexOf(suffix) - 3));
}

function divisor(exponent: string | undefined, suffix: string): bigint {
  if (exponent !== undefined) return 10n ** BigInt(Math.max(0, -Number(exponent.slice(1))));
  return suffix.endsWith('i') ? 1n : 1000n ** BigInt(Math.max(0, 3 - decimalSuffixes.indexOf(suffix)));
}

function roundUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/** The canonical text; a text that is no quantity stays as it is, for validation to refuse. */
export function canonicalQuantity(text: string): string {
  const amount = parseQuantity(text);
  if (amount === undefined) return text;
  if (amount === 0n) return '0';
  const whole = amount / NANO;
  const isBinary = text.endsWith('i') && amount % NANO === 0n && (whole >= 1024n || whole <= -1024n);
  return isBinary ? scaled(whole, 1024n, binarySuffixes) : scaled(amount, 1000n, decimalSuffixes);
}

function scaled(amount: bigint, base: bigint, suffixes: readonly string[]): string {
  let rest = amount;
  let step = 0;
  while (step < suffixes.length - 1 && rest % base === 0n) {
    rest /= base;
    step += 1;
  }
  return `${rest}${suffixes[step] ?? ''}`;
}

/** Makes every quantity of a resource list canonical, numbers included. */
export function canonicaliseAmounts(amounts: JsonObject): void {
  for (const [name, amount] of Object.entries(amounts)) {
    const text: Json | undefined = typeof amount === 'number' ? String(amount) : amount;
    if (typeof text === 'string') amounts[name] = canonicalQuantity(text);
  }
}
