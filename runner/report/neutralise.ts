/**
 * GitHub takes every line of a log that begins with `::name::` or `##[name]` for a command to it. What chapters print must
 * never become one: it could hide secrets from masking, or stop annotations.
 */

/** The text with a zero-width space before each such beginning. Carriage returns begin lines too. */
export function neutraliseCommands(text: string): string {
  return text.replaceAll(/(^|[\n\r])([ \t]*)(?=::|##\[)/gu, '$1$2\u{200B}');
}
