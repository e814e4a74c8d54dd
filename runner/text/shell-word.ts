/** Words as bash reads them. */

/** A text as one word: bare where nothing in it is special. */
export function quoteWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
