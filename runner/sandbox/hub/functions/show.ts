/** Values and their types as the original's messages print them. */

/** A value: `map[a:1]`, `[x y]`, `<nil>`. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(showValue).join(' ')}]`;
  if (typeof value === 'number')
    return String(value).replace(/^(-?)Infinity/, (_, sign: string) => `${sign || '+'}Inf`);
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, inner]) => `${key}:${showValue(inner)}`).join(' ')}]`;
}

/** The type of a value that is no scalar. */
export function showType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** Why a text is no JSON, as far as its beginning says it. */
export function describeBadJson(text: string): string {
  const first = text.trimStart().charAt(0);
  if (first === '') return 'unexpected end of JSON input';
  return `invalid character '${first}' looking for beginning of value`;
}
