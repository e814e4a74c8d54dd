/**
 * Parses a where clause: `expr (AND expr)*` without OR, NOT and parentheses. What only a run knows stands as `\u0000`; from there
 * on nothing is said, unless it is inside a quoted text.
 */
import type { ParsedWhere, WhereFault, WhereLiteral, WhereTerm } from './where.ts';

/** An entity's attribute, or a path into configuration data. */
export type WhereLanguage = 'attributes' | 'data';

const NAMES: Readonly<Record<WhereLanguage, RegExp>> = {
  attributes: /[A-Za-z_][\w./-]*/y,
  data: /(?:\||\?[\w./~-]+?=[^.\s'"]+|[\w~/@-]+|\*)(?:(?:\.|(?=#))(?:\|?(?:\?[\w/~-]+?=[^.\s'"]+|[\w~/@-]+|\*|#\w+)))*/y,
};

const OPERATORS =
  /(?:NOT\s+IN|IN|LIKE|ILIKE)(?![A-Za-z_])|IS\s+NOT\s+NULL|IS\s+NULL|!~~|!~\*|!~|~~|~\*|~|!=(?!=)|<=|>=|=(?!=)|<(?!>)|>|\?/y;

/** Operators of other languages, and what says the same here. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/!==/y, 'write `!=`'],
  [/==/y, 'write `=`'],
  [/<>/y, 'write `!=`'],
  [/NOT\s+I?LIKE(?![A-Za-z_])/iy, 'write `!~~` for NOT LIKE'],
  [/CONTAINS(?![A-Za-z_])/iy, "write `LIKE '%text%'`"],
  [/(?:STARTSWITH|STARTS\s+WITH|BEGINS)(?![A-Za-z_])/iy, "write `LIKE 'text%'`"],
  [/(?:ENDSWITH|ENDS\s+WITH)(?![A-Za-z_])/iy, "write `LIKE '%text'`"],
  [/(?:MATCHES|REGEXP|RLIKE)(?![A-Za-z_])/iy, "write `~ 'pattern'`"],
  [/BETWEEN(?![A-Za-z_])/iy, 'write `A >= 1 AND A <= 9`'],
  [
    /(?:not\s+in|in|i?like|is\s+(?:not\s+)?null)(?![A-Za-z_])/iy,
    'write operators in capitals: LIKE, IN, NOT IN, IS NULL',
  ],
  [/IS(?![A-Za-z_])/iy, 'write `=`, `IS NULL` or `IS NOT NULL`'],
];

/** The terms up to the first fault. */
export function parseWhere(text: string, language: WhereLanguage): ParsedWhere {
  const reader = new Reader(text, language);
  const terms: WhereTerm[] = [];
  try {
    reader.skipBlanks();
    while (!reader.atEnd()) {
      terms.push(reader.readTerm());
      if (!reader.readAnd()) break;
    }
    return { terms, open: false };
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return stop.fault === undefined ? { terms, open: true } : { terms, open: false, fault: stop.fault };
  }
}

/** Ends the reading: at a fault, or where only a run knows how it goes on. */
class Stop extends Error {
  readonly fault: WhereFault | undefined;

  constructor(fault?: WhereFault) {
    super('stop');
    this.fault = fault;
  }
}

class Reader {
  readonly #text: string;
  readonly #language: WhereLanguage;
  #at = 0;

  constructor(text: string, language: WhereLanguage) {
    this.#text = text;
    this.#language = language;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skipBlanks(): void {
    this.take(/\s*/y);
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  readTerm(): WhereTerm {
    const start = this.#at;
    const { name, length } = this.#readOperand();
    this.skipBlanks();
    this.#stopAtUnknown();
    const operator = this.take(OPERATORS)?.replace(/\s+/g, ' ');
    if (operator === undefined) this.#refuseOperator(name);
    this.skipBlanks();
    const right = operator.startsWith('IS ') ? [] : this.#readRight(operator);
    this.skipBlanks();
    return { left: name, start, length, operator, right };
  }

  /** True if another term follows. */
  readAnd(): boolean {
    if (this.atEnd()) return false;
    this.#stopAtUnknown();
    if (this.take(/AND(?![A-Za-z_])/y) === undefined) this.#refuseJoin();
    this.skipBlanks();
    if (this.atEnd()) this.#fail(3, 'After `AND` a comparison is missing.', 'Add one, or remove the `AND`.');
    return true;
  }

  #readOperand(): { readonly name: string; readonly length: boolean } {
    this.#stopAtUnknown();
    if (/^NOT\s/i.test(this.#rest()))
      this.#fail(3, 'There is no `NOT` before a comparison.', 'Use `!=`, `NOT IN` or `!~~`.');
    if (this.#text[this.#at] === '(')
      this.#fail(
        1,
        'There are no parentheses.',
        'Write the comparisons one after the other, joined by `AND`.',
      );
    const length = this.#language === 'attributes' && this.take(/LEN\s*\(\s*/y) !== undefined;
    const name = this.take(NAMES[this.#language]);
    if (name === undefined) this.#refuseOperand();
    this.#stopAtUnknown();
    if (length && this.take(/\s*\)/y) === undefined)
      this.#fail(1, '`LEN(` is not closed.', 'Write `LEN(Name) > 0`.');
    return { name, length };
  }

  #readRight(operator: string): readonly WhereLiteral[] {
    if (!operator.endsWith('IN')) return [this.#readLiteral()];
    this.#stopAtUnknown();
    if (this.take(/\(\s*/y) === undefined)
      this.#fail(1, `After \`${operator}\` a list in parentheses is expected.`, "Write `IN ('a', 'b')`.");
    const items = [this.#readLiteral()];
    while (this.take(/\s*,\s*/y) !== undefined) items.push(this.#readLiteral());
    this.skipBlanks();
    this.#stopAtUnknown();
    if (this.take(/\)/y) === undefined)
      this.#fail(1, 'The list is not closed, or a comma is missing.', "Write `IN ('a', 'b')`.");
    return items;
  }

  #readLiteral(): WhereLiteral {
    this.#stopAtUnknown();
    const start = this.#at;
    const quoted = this.take(/'[^']*'/y);
    if (quoted !== undefined) return this.#checkText(quoted, start);
    const integer = this.take(/\d+(?![\w.-])/y);
    if (integer !== undefined) return { kind: 'integer', text: integer, start };
    const boolean = this.take(/(?:true|false)(?![\w.-])/y);
    if (boolean !== undefined) return { kind: 'boolean', text: boolean, start };
    const name = /^[A-Z][\w.]*(?=\s|$)/.exec(this.#rest())?.[0];
    if (name === undefined) this.#refuseLiteral();
    this.#at += name.length;
    return { kind: 'name', text: name, start };
  }

  #checkText(quoted: string, start: number): WhereLiteral {
    const text = quoted.slice(1, -1);
    const wrong = /["\\]/.exec(text);
    if (wrong !== null) {
      this.#at = start + 1 + wrong.index;
      this.#fail(1, `A text may not hold \`${wrong[0]}\`.`, 'Leave it out; nothing is escaped here.');
    }
    return { kind: 'string', text, start };
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #stopAtUnknown(): void {
    if (this.#text[this.#at] === '\0') throw new Stop();
  }

  #refuseOperand(): never {
    const rest = this.#rest();
    if (rest.startsWith('*'))
      this.#fail(
        1,
        '`*` is no comparison.',
        'To take all, leave the clause out; to take all spaces, write `--space "*"`.',
      );
    if (/^["'\\]/.test(rest)) {
      this.#fail(
        1,
        'A clause starts with the name of an attribute, not with a quote.',
        `Write --where "Slug = 'web'": double quotes around the clause, single quotes around texts, nothing escaped.`,
      );
    }
    this.#fail(1, 'The name of an attribute is expected here.', "Write `Slug = 'web'`.");
  }

  #refuseOperator(name: string): never {
    if (this.atEnd())
      this.#fail(-name.length, `\`${name}\` is compared with nothing.`, `Write \`${name} = 'text'\`.`);
    for (const [pattern, advice] of FOREIGN) {
      const before = this.#at;
      const found = this.take(pattern);
      if (found === undefined) continue;
      this.#at = before;
      this.#fail(
        found.length,
        `\`${found}\` is no operator here, so the hub refuses the clause.`,
        `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`,
      );
    }
    this.#fail(
      this.#wordLength(),
      `\`${this.#word()}\` is no operator, so the hub refuses the clause.`,
      'The operators are =, !=, <, >, <=, >=, LIKE, ILIKE, IN, NOT IN, ~, !~, IS NULL.',
    );
  }

  #refuseJoin(): never {
    const word = this.#word();
    if (/^(?:OR|\|\|)$/i.test(word)) {
      this.#fail(
        word.length,
        'There is no `OR`: the word would be taken for an attribute, and the clause refused.',
        "Use `IN ('a', 'b')`, or ask twice.",
      );
    }
    if (/^(?:and|&&|,|;)$/i.test(word))
      this.#fail(
        word.length,
        `Comparisons are joined by \`AND\` in capitals, not by \`${word}\`.`,
        'Write `AND`.',
      );
    if (word.startsWith("'"))
      this.#fail(
        1,
        'A quote inside a text ends it; there is no way to write one.',
        'Choose a text without a quote.',
      );
    this.#fail(
      this.#wordLength(),
      `After a comparison only \`AND\` may follow, not \`${word}\`.`,
      'Join comparisons by `AND`.',
    );
  }

  #refuseLiteral(): never {
    const rest = this.#rest();
    const word = this.#word();
    if (this.atEnd()) this.#fail(-1, 'A value is missing at the end.', "Write `Slug = 'web'`.");
    if (rest.startsWith('"'))
      this.#fail(
        /^"[^"]*"?/.exec(rest)?.[0].length ?? 1,
        'Texts stand in single quotes; double quotes are refused.',
        `Write --where "Slug = 'web'".`,
      );
    if (rest.startsWith('\\'))
      this.#fail(
        word.length,
        'This quote is escaped once too often: the hub gets the backslash.',
        `Write --where "Slug = 'web'"; single quotes need no backslash inside double quotes.`,
      );
    if (rest.startsWith("'")) this.#fail(1, 'This quote is not closed.', "Close the text with `'`.");
    if (/^-?\d/.test(rest))
      this.#fail(
        this.#wordLength(),
        `\`${word}\` is no whole number from 0 on.`,
        'Compare with a whole number, or with a text in quotes.',
      );
    this.#fail(
      this.#wordLength(),
      `The text \`${word}\` needs single quotes, or the hub takes it for an attribute.`,
      `Write \`'${word}'\`, with double quotes around the whole clause.`,
    );
  }

  #word(): string {
    return this.#rest().slice(0, this.#wordLength()).replaceAll('\0', '…');
  }

  #wordLength(): number {
    const [word = ''] = /^(?:\\\S*|[\w./%*-]+|[^\s\w'"()]+|\S)/.exec(this.#rest()) ?? [];
    return Math.max(1, word.length);
  }

  /** A negative length: the text before this place. */
  #fail(length: number, message: string, hint: string): never {
    const start = length < 0 ? Math.max(0, this.#text.trimEnd().length + length) : this.#at;
    throw new Stop({
      kind: 'grammar',
      start,
      end: Math.max(start + 1, start + Math.abs(length)),
      message,
      hint,
    });
  }
}
