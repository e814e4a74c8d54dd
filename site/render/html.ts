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

/** What is not seen, or makes text look like another one: control characters but for tab and line end, directions, no width. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Code or output for an element: its text content is `text`, in which what is hidden is named. NUL, which HTML cannot hold, is ␀. */
export function escapeCode(text: string): string {
  return escapeHtml(text).replace(HIDDEN, (character) =>
    character === '\0'
      ? '<span class="hid">␀</span>'
      : `<span class="hid" data-is="${nameHidden(character.codePointAt(0) ?? 0)}">${character === '\r' ? '&#13;' : character}</span>`,
  );
}

/** Unicode's picture of a control character, or its number. */
function nameHidden(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
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
