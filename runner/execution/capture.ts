/**
 * Reads what a block printed, bounded: at most a head and a tail of each stream reach memory, however much there is.
 * The whole stays in its file.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Slice } from './shell/spool.ts';

/** A head and a tail together. */
const limitBytes = 256 * 1024;
/** Read beyond each cut, so that a secret that straddles it is masked whole before the text is cut. */
const marginBytes = 8 * 1024;

/** `text` is whole if `omittedBytes` is 0. */
export interface Captured {
  readonly text: string;
  readonly omittedBytes: number;
}

/** The part's text after `clean`, as at most a head and a tail around a line that says how much is missing. */
export function readCapture({ file, from, to }: Slice, clean: (text: string) => string): Captured {
  if (from === to) return { text: '', omittedBytes: 0 };
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return { text: '', omittedBytes: 0 };
  try {
    const size = (to ?? fstatSync(descriptor).size) - from;
    if (size <= limitBytes) return { text: clean(readPart(descriptor, from, size)), omittedBytes: 0 };
    const half = limitBytes / 2;
    const head = clean(readPart(descriptor, from, half + marginBytes)).slice(0, half);
    const tail = clean(readPart(descriptor, from + size - half - marginBytes, half + marginBytes)).slice(
      -half,
    );
    const omittedBytes = size - limitBytes;
    return { text: `${head}\n[… ${omittedBytes} bytes left out …]\n${tail}`, omittedBytes };
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
