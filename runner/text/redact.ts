/**
 * Keeps secrets out of every sink. A value is masked as it is and as it comes out of base64, URLs and JSON, also
 * where it is cut by the border of two chunks.
 *
 * Values shorter than four characters are never masked: `1` or `yes` would blank half the output, and such a value
 * protects nothing. Each longer line of a multi-line value (a PEM key) is masked by itself too, because output may
 * indent it.
 */

/** Masks one set of secrets. */
export interface Redactor {
  /** `text` with each secret replaced by `***`. */
  redact(text: string): string;
  /** For text that comes in chunks: `push` gives what is safe to show, `flush` the rest. Together they equal `redact` of the whole. */
  stream(): RedactingStream;
}

export interface RedactingStream {
  push(chunk: string): string;
  flush(): string;
}

const MASK = '***';
const SHORTEST_SECRET = 4;
const SHORTEST_LINE = 8;

/** A redactor for these values. Order and duplicates do not matter. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const needles = [...new Set(secrets.flatMap(partsOf).flatMap(formsOf))]
    .filter((form) => form.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  const longest = needles[0]?.length ?? 0;
  if (longest === 0)
    return { redact: (text) => text, stream: () => ({ push: (chunk) => chunk, flush: () => '' }) };
  const pattern = new RegExp(
    needles.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|'),
    'g',
  );
  const redact = (text: string): string => text.replace(pattern, MASK);
  return { redact, stream: () => openStream(pattern, longest) };
}

function openStream(pattern: RegExp, longest: number): RedactingStream {
  let held = '';
  return {
    push(chunk) {
      held += chunk;
      const safe = held.length - (longest - 1);
      if (safe <= 0) return '';
      const shown: string[] = [];
      let from = 0;
      for (const match of held.matchAll(pattern)) {
        if (match.index >= safe) break;
        shown.push(held.slice(from, match.index), MASK);
        from = match.index + match[0].length;
      }
      const cut = Math.max(from, safe);
      shown.push(held.slice(from, cut));
      held = held.slice(cut);
      return shown.join('');
    },
    flush() {
      const rest = held.replace(pattern, MASK);
      held = '';
      return rest;
    },
  };
}

function partsOf(secret: string): readonly string[] {
  if (secret.length < SHORTEST_SECRET) return [];
  const lines = secret
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----'));
  return lines.length > 1 ? [secret, ...lines] : [secret, secret.trim()];
}

function formsOf(secret: string): readonly string[] {
  const url = encodeURIComponent(secret.toWellFormed());
  const json = JSON.stringify(secret).slice(1, -1);
  const goJson = json.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  const encoded = base64Forms(secret);
  return [
    secret,
    url,
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    json,
    goJson,
    ...encoded,
    ...encoded.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** The secret encoded alone, and the characters that it decides itself when it starts one or two bytes into a group. */
function base64Forms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const cores = [0, 1, 2].map((shift) => {
    const encoded = base64(new Uint8Array([...new Uint8Array(shift), ...bytes])).replace(/=+$/, '');
    const undecided = (shift + bytes.length) % 3 === 0 ? 0 : 1;
    return encoded.slice(shift === 0 ? 0 : shift + 1, encoded.length - undecided);
  });
  const alone = base64(bytes);
  return [alone, alone.replace(/=+$/, ''), ...cores];
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
