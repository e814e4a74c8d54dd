/**
 * Keeps secrets out of every sink. A value is masked as it is and as it comes out of base64, URLs and JSON; base64 also
 * where it is broken into lines.
 *
 * Values shorter than four characters are never masked: `1` or `yes` would blank half the output, and such a value
 * protects nothing. Each longer line of a multi-line value (a PEM key) is masked by itself too, because output may
 * indent it.
 */

/** Masks one set of secrets. */
export interface Redactor {
  /** `text` with each secret replaced by `***`. */
  redact(text: string): string;
}

const MASK = '***';
const SHORTEST_SECRET = 4;
const SHORTEST_LINE = 8;
/** A shorter form would be found by chance where two lines meet. */
const SHORTEST_BROKEN = 8;
/** Lines as programs break base64 into, with what is indented or stands in a JSON text: 76 characters, 64 in PEM. */
const brokenLines = /(?<![\w+/-])(?:[\w+/-]{16,}(?:\r?\n|(?:\\r)?\\n)[ \t]*)+[\w+/-]+={0,2}/g;
const lineBreak = /(?:\r?\n|(?:\\r)?\\n)[ \t]*/g;

/** A redactor for these values. Order and duplicates do not matter. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const parts = [...new Set(secrets.flatMap(partsOf))];
  const forms = findAny(parts.flatMap(formsOf), SHORTEST_SECRET);
  const encoded = findAny(parts.flatMap(encodedForms), SHORTEST_BROKEN);
  if (forms === undefined) return { redact: (text) => text };
  return {
    redact(text) {
      const masked = text.replace(forms, MASK);
      if (encoded === undefined) return masked;
      return masked.replace(brokenLines, (lines) => {
        const joined = lines.replace(lineBreak, '');
        const found = joined.replace(encoded, MASK);
        return found === joined ? lines : found;
      });
    },
  };
}

/** A pattern that finds each of the words, the longest first; undefined if all are too short. */
function findAny(words: readonly string[], shortest: number): RegExp | undefined {
  const needles = [...new Set(words)]
    .filter((word) => word.length >= shortest)
    .sort((left, right) => right.length - left.length);
  if (needles.length === 0) return undefined;
  const escaped = needles.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`));
  return new RegExp(escaped.join('|'), 'g');
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
  return [
    secret,
    url,
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    json,
    goJson,
    ...encodedForms(secret),
  ];
}

function encodedForms(secret: string): readonly string[] {
  const forms = base64Forms(secret);
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
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
