/** HTML from templates in which every text is escaped unless it is HTML already: nothing a command printed can become markup. */

/** Text that is HTML. */
export interface Html {
  readonly html: string;
}

/** What a template takes: texts are escaped, lists joined, nothing at all gives nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** Marks a string as HTML. */
export function raw(text: string): Html {
  return { html: text };
}

/** A template literal of HTML. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return raw(strings.map((text, index) => text + toText(parts[index])).join(''));
}

/** All parts, one after the other. */
export function join(parts: readonly Part[], between = ''): Html {
  return raw(parts.map(toText).join(between));
}

function toText(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(toText).join('');
}
