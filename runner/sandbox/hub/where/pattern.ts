/**
 * Regular expressions for the `~` operators, as a tree. A parser of our own and not JavaScript's: a pattern comes from
 * whoever can reach the hub, and JavaScript's matcher can take exponential time. There are no escapes to parse, because
 * a where literal holds no backslash; look-around is refused.
 */
import { badRequest } from '../errors.ts';

/** A node of the tree. `max` may be Infinity. */
export type Pattern =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly items: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly item: Pattern; readonly min: number; readonly max: number };

const MAX_REPEAT = 255;

const NAMED_CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /\p{L}/u,
  digit: /\d/,
  alnum: /[\p{L}\d]/u,
  space: /\s/,
  lower: /\p{Ll}/u,
  upper: /\p{Lu}/u,
  punct: /\p{P}/u,
};

type Test = (character: string) => boolean;

/** Parses `source`. Throws 400. */
export function parsePattern(source: string): Pattern {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  readonly #characters: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#characters = Array.from(source);
  }

  parse(): Pattern {
    const pattern = this.#choice();
    return this.#at < this.#characters.length ? this.#fail() : pattern;
  }

  #choice(): Pattern {
    const items = [this.#sequence()];
    while (this.#take('|')) items.push(this.#sequence());
    return { kind: 'choice', items };
  }

  #sequence(): Pattern {
    const items: Pattern[] = [];
    while (this.#at < this.#characters.length && !this.#sees('|') && !this.#sees(')'))
      items.push(this.#repeated());
    return { kind: 'sequence', items };
  }

  #repeated(): Pattern {
    const item = this.#atom();
    const bounds = this.#quantifier();
    if (bounds === undefined) return item;
    if (item.kind === 'start' || item.kind === 'end') return this.#fail();
    this.#take('?');
    return this.#quantifier() === undefined ? { kind: 'repeat', item, ...bounds } : this.#fail();
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Infinity };
    if (this.#take('+')) return { min: 1, max: Infinity };
    if (this.#take('?')) return { min: 0, max: 1 };
    const match = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(this.#ahead(9));
    if (match === null) return undefined;
    this.#at += match[0].length;
    const min = Number(match[1]);
    const upper = match[3] === '' ? Infinity : Number(match[3]);
    const max = match[2] === undefined ? min : upper;
    return min > max || min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)
      ? this.#fail()
      : { min, max };
  }

  #atom(): Pattern {
    if (this.#take('^')) return { kind: 'start' };
    if (this.#take('$')) return { kind: 'end' };
    if (this.#take('.')) return { kind: 'character', matches: () => true };
    if (this.#take('[')) return { kind: 'character', matches: this.#class() };
    if (this.#take('(')) return this.#group();
    const literal = this.#next();
    if ('*+?{'.includes(literal)) return this.#fail();
    return { kind: 'character', matches: (character) => character === literal };
  }

  #group(): Pattern {
    if (this.#take('?') && !this.#take(':')) return this.#fail();
    const inner = this.#choice();
    return this.#take(')') ? inner : this.#fail();
  }

  #class(): Test {
    const negated = this.#take('^');
    const tests: Test[] = [];
    do tests.push(this.#classItem());
    while (!this.#take(']'));
    return (character) => tests.some((matches) => matches(character)) !== negated;
  }

  #classItem(): Test {
    if (this.#take('[:')) {
      const name = /^[a-z]+(?=:\])/.exec(this.#ahead(8))?.[0] ?? '';
      const named = NAMED_CLASSES[name];
      this.#at += name.length + 2;
      return named === undefined ? this.#fail() : (character) => named.test(character);
    }
    const low = this.#next();
    if (!/^-[^\]]/.test(this.#ahead(2))) return (character) => character === low;
    this.#at += 1;
    const high = this.#next();
    return low > high ? this.#fail() : (character) => character >= low && character <= high;
  }

  #next(): string {
    const character = this.#characters[this.#at] ?? this.#fail();
    this.#at += 1;
    return character;
  }

  #ahead(length: number): string {
    return this.#characters.slice(this.#at, this.#at + length).join('');
  }

  #sees(text: string): boolean {
    return this.#ahead(text.length) === text;
  }

  #take(text: string): boolean {
    const sees = this.#sees(text);
    if (sees) this.#at += text.length;
    return sees;
  }

  #fail(): never {
    throw badRequest(`invalid regular expression \`${this.#source}\``);
  }
}
