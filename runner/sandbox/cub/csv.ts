/** One line of comma separated values, as encoding/csv reads the value of a list flag. */

/** The fields (none for an empty text), or the error's text. */
export function splitCsv(line: string): readonly string[] | string {
  if (line === '') return [];
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = line.charAt(at) === '"' ? readQuoted(line, at) : readPlain(line, at);
    if (typeof field === 'string') return field;
    fields.push(field.text);
    if (field.end >= line.length) return fields;
    at = field.end + 1;
  }
}

interface Field {
  readonly text: string;
  /** Where its comma, or the end, is. */
  readonly end: number;
}

function readPlain(line: string, start: number): Field | string {
  const comma = line.indexOf(',', start);
  const end = comma < 0 ? line.length : comma;
  const quote = line.slice(start, end).indexOf('"');
  if (quote >= 0) return `parse error on line 1, column ${start + quote + 1}: bare " in non-quoted-field`;
  return { text: line.slice(start, end), end };
}

function readQuoted(line: string, start: number): Field | string {
  let text = '';
  for (let at = start + 1; at < line.length; at += 1) {
    if (line.charAt(at) !== '"') text += line.charAt(at);
    else if (line.charAt(at + 1) === '"') {
      text += '"';
      at += 1;
    } else if (at + 1 >= line.length || line.charAt(at + 1) === ',') return { text, end: at + 1 };
    else return `parse error on line 1, column ${at + 1}: extraneous or missing " in quoted-field`;
  }
  return `parse error on line 1, column ${line.length + 1}: extraneous or missing " in quoted-field`;
}
