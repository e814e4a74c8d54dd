/** Numbers of a command line, with the texts of Go's strconv. */
import { Failure } from './failure.ts';

/** A decimal integer. */
export function parseInteger(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new Failure(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
