/** IP addresses as the server still reads them: leading zeros are only warned of. */
import type { FieldProblem } from '../errors.ts';
import { invalidValue } from './problems.ts';

const addressWords = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** The four numbers of an IPv4 address; undefined for anything else. */
export function parseAddress(text: string): readonly number[] | undefined {
  if (!/^\d+(\.\d+){3}$/.test(text)) return undefined;
  const numbers = text.split('.').map(Number);
  return numbers.every((number) => number <= 255) ? numbers : undefined;
}

/** Whether a text is an IPv6 address: eight groups, of which `::` may stand for some. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isWhole = halves.length === 2 ? groups.length < 8 : groups.length === 8;
  return isWhole && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

/** The problems of a text that shall be an address. */
export function checkAddress(field: string, text: string): FieldProblem[] {
  const isAddress = parseAddress(text) !== undefined || isIpv6(text);
  return isAddress ? [] : [invalidValue(field, text, addressWords)];
}

/** A network: an address and the length of its prefix. */
export function checkNetwork(field: string, text: string): FieldProblem[] {
  const [address = '', length = '', ...more] = text.split('/');
  const longest = parseAddress(address) === undefined ? 128 : 32;
  const isLength = /^\d+$/.test(length) && Number(length) <= longest && more.length === 0;
  if (isLength && checkAddress('', address).length === 0) return [];
  return [invalidValue(field, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
}

/** Where nobody else can send to: what such an address is called. */
const special: readonly (readonly [(numbers: readonly number[]) => boolean, string])[] = [
  [([first = 0]) => first === 127, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [
    ([first, second]) => first === 169 && second === 254,
    'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  ],
  [
    ([first, second, third]) => first === 224 && second === 0 && third === 0,
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  ],
];

/** An address at which the cluster could be reached from outside. */
export function checkReachable(field: string, text: string): FieldProblem[] {
  const problems = checkAddress(field, text);
  const numbers = parseAddress(text);
  if (numbers === undefined) return problems;
  if (numbers.every((number) => number === 0)) {
    return [invalidValue(field, text, `may not be unspecified (${text})`)];
  }
  return special.filter(([is]) => is(numbers)).map(([, words]) => invalidValue(field, text, words));
}
