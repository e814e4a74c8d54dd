/** Parts inside a text: the repository and the reference of an image, the first label and the rest of a host name. */
import { FunctionFailure } from './failure.ts';
import type { Accessor } from './registered-paths.ts';

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const HOST = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*(?::[0-9]+)?';
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = ':[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}';
const DIGEST = '@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+';

const PATTERNS: Readonly<Record<Accessor, RegExp>> = {
  image: new RegExp(`^(?<uri>(?:${HOST}/)?${PART}(?:/${PART})*)(?<reference>${TAG}|${DIGEST})?$`, 'd'),
  hostname: new RegExp(`^(?<subdomain>${LABEL})\\.(?<domain>${LABEL}(?:\\.${LABEL}){0,9})$`, 'd'),
};

/** Longer texts are no image and no host name, and would only cost time. */
const MAX_LENGTH = 1024;

/** The part's text; empty if the text is no such thing or has no such part. */
export function extractPart(accessor: Accessor, text: string, part: string): string {
  return match(accessor, text)?.groups?.[part] ?? '';
}

/** The text with the part replaced. Throws FunctionFailure. */
export function replacePart(accessor: Accessor, text: string, part: string, value: string): string {
  const range = match(accessor, text)?.indices?.groups?.[part];
  if (range === undefined) throw new FunctionFailure(`subexp ${part} not found`);
  return text.slice(0, range[0]) + value + text.slice(range[1]);
}

function match(accessor: Accessor, text: string): RegExpExecArray | undefined {
  return text.length > MAX_LENGTH ? undefined : (PATTERNS[accessor].exec(text) ?? undefined);
}
