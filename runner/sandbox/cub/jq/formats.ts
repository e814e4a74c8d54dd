/** jq's `@name` formats: a value as a text for some other program. `@name "…\(…)…"` formats the parts in parentheses. */
import { Failure } from '../failure.ts';
import { describeValue, textOfValue, typeOf } from './values.ts';

type Format = (value: unknown) => string;

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

const TSV: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

/** By name, with its `@`. */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['@text', textOfValue],
  ['@json', (value) => (typeof value === 'string' ? JSON.stringify(value) : textOfValue(value))],
  ['@csv', row('@csv', ',', (text) => `"${text.replaceAll('"', '""')}"`)],
  ['@tsv', row('@tsv', '\t', (text) => text.replaceAll(/[\t\r\n\\]/g, (sign) => TSV[sign] ?? sign))],
  [
    '@sh',
    (value) =>
      row('@sh', ' ', (text) => `'${text.replaceAll("'", `'\\''`)}'`)(Array.isArray(value) ? value : [value]),
  ],
  ['@html', (value) => textOfValue(value).replaceAll(/[<>&'"]/g, (sign) => HTML[sign] ?? sign)],
  ['@uri', (value) => encodeURIComponent(textOfValue(value)).replaceAll(/[!'()*]/g, percent)],
  ['@base64', (value) => Buffer.from(textOfValue(value)).toString('base64')],
  ['@base64d', decodeBase64],
]);

/** The texts of an array in one line; null is empty. */
function row(name: string, separator: string, escape: (text: string) => string): Format {
  return (value) => {
    if (!Array.isArray(value)) throw new Failure(`${name} cannot be applied to: ${describeValue(value)}`);
    return value
      .map((item: unknown) => {
        if (typeof item === 'string') return escape(item);
        if (['array', 'object'].includes(typeOf(item)))
          throw new Failure(`${name} cannot format an array including: ${describeValue(item)}`);
        return item === null && name !== '@sh' ? '' : textOfValue(item);
      })
      .join(separator);
  };
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

function decodeBase64(value: unknown): string {
  const text = textOfValue(value);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new Failure(`@base64d cannot be applied to ${describeValue(value)}: illegal base64 data`);
  return Buffer.from(text, 'base64').toString('utf8');
}
