/** Plain values as YAML in the style of Go's yaml.v3: four blanks per level, sequences indented under their key. */

const STEP = '    ';

/** A document with a newline at the end. Keys keep their order. */
export function printYaml(value: object): string {
  return `${mapLines(value).join('\n')}\n`;
}

function mapLines(value: object): string[] {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    const name = printScalar(key);
    if (typeof item !== 'object' || item === null) return [`${name}: ${printScalar(item)}`];
    return [
      `${name}:`,
      ...(Array.isArray(item) ? listLines(item) : mapLines(item)).map((line) => STEP + line),
    ];
  });
}

/** The first line of an element follows its dash, its other keys stand below it; what is nested goes by the dash's column. */
function listLines(items: readonly unknown[]): string[] {
  return items.flatMap((item) => {
    if (typeof item !== 'object' || item === null) return [`- ${printScalar(item)}`];
    return mapLines(item).map((line, at) => {
      if (at === 0) return `- ${line}`;
      return line.startsWith(STEP) ? line : `  ${line}`;
    });
  });
}

/** Texts that YAML would read as something else. */
const OTHER_MEANING =
  /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|[-+]?(?:0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|[\d_]*\.?[\d_]+(?:e[-+]?\d+)?)|\d{4}-\d\d?-\d\d?.*)$/i;
const NEEDS_QUOTES = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|:\s|:$|\s#|^\s|\s$|^---|^\.\.\./;

function printScalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  if (/\p{Cc}/u.test(value)) return JSON.stringify(value);
  if (OTHER_MEANING.test(value)) return JSON.stringify(value);
  return NEEDS_QUOTES.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
}
