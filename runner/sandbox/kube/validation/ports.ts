/** Port numbers and port names (IsValidPortNum, IsValidPortName). */
import type { FieldProblem } from '../errors.ts';
import type { Json } from '../kube.ts';
import { invalidValue } from './problems.ts';

const longestName = 15;

/** A port number is between 1 and 65535. */
export function checkPortNumber(field: string, number: number): FieldProblem[] {
  const isPort = number >= 1 && number <= 65_535;
  return isPort ? [] : [invalidValue(field, number, 'must be between 1 and 65535, inclusive')];
}

/** A port name is an IANA_SVC_NAME. */
export function checkPortName(field: string, name: string): FieldProblem[] {
  const words = [
    name.length > longestName ? `must be no more than ${longestName} characters` : '',
    /^[-a-z0-9]+$/.test(name) ? '' : 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    /[a-z]/.test(name) ? '' : 'must contain at least one letter (a-z)',
    name.includes('--') ? 'must not contain consecutive hyphens' : '',
    /^-|-$/.test(name) ? 'must not begin or end with a hyphen' : '',
  ];
  return words.filter((word) => word !== '').map((word) => invalidValue(field, name, word));
}

/** A port by number or by name. */
export function checkPort(field: string, port: Json | undefined): FieldProblem[] {
  return typeof port === 'string' ? checkPortName(field, port) : checkPortNumber(field, Number(port ?? 0));
}
