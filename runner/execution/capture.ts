/**
 * Reads what a block printed, bounded: at most a head and a tail of each stream reach memory, however much there is.
 * The whole stays in its file.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { keepColours } from '../text/colours.ts';
import type { Cut } from './execution.ts';
import type { Slice } from './shell/spool.ts';

/** A head and a tail together. */
const limitBytes = 256 * 1024;
/** Read beyond each cut, so that a secret that straddles it is masked whole before the text is cut. */
const marginBytes = 8 * 1024;

const markerLine = /^\[… \d+ bytes left out …\]$/;

/** `text` is whole if `omittedBytes` is 0. */
export interface Captured extends Cut {
  readonly text: string;
  /** The text with its colour sequences; absent if it has none, or is not whole. */
  readonly coloured?: string;
}

/** Of a text that was cut, the lines that are whole. */
export function dropCut(text: string): string {
  const lines = text.split('\n');
  const isCut = (line: string | undefined): boolean => line !== undefined && markerLine.test(line);
  return lines.filter((line, index) => ![lines[index - 1], line, lines[index + 1]].some(isCut)).join('\n');
}

/** The part's text after `clean`, as at most a head and a tail around a line that says how much is missing. */
export function readCapture({ file, from, to }: Slice, clean: (text: string) => string): Captured {
  const nothing = { text: '', bytes: 0, omittedBytes: 0 };
  if (from === to) return nothing;
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return nothing;
  try {
    const size = (to ?? fstatSync(descriptor).size) - from;
    const whole = { bytes: size, omittedBytes: 0 };
    if (size <= limitBytes) {
      const printed = readPart(descriptor, from, size);
      const text = clean(printed);
      const coloured = keepColours(printed, text);
      return { text, ...whole, ...(coloured === undefined ? {} : { coloured }) };
    }
    const half = limitBytes / 2;
    const head = clean(readPart(descriptor, from, half + marginBytes)).slice(0, half);
    const tail = clean(readPart(descriptor, from + size - half - marginBytes, half + marginBytes)).slice(
      -half,
    );
    const omittedBytes = size - limitBytes;
    return { text: `${head}\n[… ${omittedBytes} bytes left out …]\n${tail}`, bytes: size, omittedBytes };
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes that are no UTF-8 become U+FFFD. */
function readPart(descriptor: number, position: number, length: number): string {
  if (length === 0) return '';
  const buffer = Buffer.allocUnsafe(length);
  return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, length, position));
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    return undefined;
  }
}
