/** jq expressions to queries, by precedence. What is beyond the subset is named, never guessed. */
import { Failure } from '../failure.ts';
import { BUILTINS } from './builtins.ts';
import { FORMATS } from './formats.ts';
import type { JqProblem, Query } from './jq.ts';
import { lexJq } from './lex.ts';
import type { Token } from './lex.ts';

/** The query, or why the expression is not understood. */
export function parseJq(source: string): Query | JqProblem {
  try {
    return parseAll(source);
  } catch (error) {
    if (error instanceof Failure) return { kind: 'problem', text: error.message };
    throw error;
  }
}

function parseAll(source: string): Query {
  const parser = new Parser(lexJq(source));
  const query = parser.pipe();
  parser.expectEnd();
  return query;
}

/** Loosest first; each level is left-associative except `//`. */
const LEVELS: readonly (readonly string[])[] = [
  ['//'],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

const IDENTITY: Query = { kind: 'identity' };

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) throw new Failure(`unexpected ${this.#describe()}`);
  }

  pipe(): Query {
    const left = this.#comma();
    return this.#take('|') ? { kind: 'pipe', left, right: this.pipe() } : left;
  }

  #comma(): Query {
    let left = this.#binary(0);
    while (this.#take(',')) left = { kind: 'comma', left, right: this.#binary(0) };
    return left;
  }

  #binary(level: number): Query {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.#take(candidate));
      if (operator === undefined) return left;
      const right = this.#binary(operator === '//' ? level : level + 1);
      left = { kind: 'operator', operator, left, right };
    }
  }

  #unary(): Query {
    if (this.#take('-')) return { kind: 'negate', of: this.#unary() };
    let query = this.#term();
    for (;;) {
      const longer = this.#suffix(query);
      if (longer === undefined) return query;
      query = longer;
    }
  }

  #suffix(of: Query): Query | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'field') {
      this.#at += 1;
      return { kind: 'index', of, key: { kind: 'literal', value: token.text } };
    }
    if (this.#take('?')) return { kind: 'try', of };
    if (this.#take('[')) return this.#bracket(of);
    const next = this.#tokens[this.#at + 1];
    const dotted = token?.kind === 'sign' && token.text === '.';
    if (dotted && next?.kind === 'string') {
      this.#at += 1;
      return { kind: 'index', of, key: this.#string() };
    }
    if (!dotted || next?.kind !== 'sign' || next.text !== '[') return undefined;
    this.#at += 2;
    return this.#bracket(of);
  }

  /** After `[`. */
  #bracket(of: Query): Query {
    if (this.#take(']')) return { kind: 'each', of };
    if (this.#take(':')) return this.#sliceEnd(of, undefined);
    const key = this.pipe();
    if (this.#take(':'))
      return this.#take(']') ? { kind: 'slice', of, from: key, to: undefined } : this.#sliceEnd(of, key);
    this.#need(']');
    return { kind: 'index', of, key };
  }

  #sliceEnd(of: Query, from: Query | undefined): Query {
    const to = this.pipe();
    this.#need(']');
    return { kind: 'slice', of, from, to };
  }

  #term(): Query {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Failure('unexpected end');
    if (token.kind === 'field') return this.#suffix(IDENTITY) ?? IDENTITY;
    if (token.kind === 'string') return this.#string();
    this.#at += 1;
    if (token.kind === 'number') return { kind: 'literal', value: token.value };
    return token.kind === 'word' ? this.#word(token.text) : this.#sign(token.text);
  }

  #sign(sign: string): Query {
    if (sign === '(') return this.#until(this.pipe(), ')');
    if (sign === '[') return this.#take(']') ? { kind: 'array', of: undefined } : this.#array();
    if (sign === '{') return this.#object();
    if (sign === '..') return { kind: 'call', name: 'recurse/0', args: [] };
    if (sign !== '.') throw new Failure(`unexpected ${JSON.stringify(sign)}`);
    if (this.#tokens[this.#at]?.kind === 'string')
      return { kind: 'index', of: IDENTITY, key: this.#string() };
    return IDENTITY;
  }

  #array(): Query {
    return this.#until({ kind: 'array', of: this.pipe() }, ']');
  }

  #word(word: string): Query {
    if (word === 'null') return { kind: 'literal', value: null };
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
    if (word === 'if') return this.#condition();
    if (FORMATS.has(word) && this.#tokens[this.#at]?.kind === 'string') return this.#string(word);
    const args: Query[] = [];
    if (this.#take('(')) {
      do args.push(this.pipe());
      while (this.#take(';'));
      this.#need(')');
    }
    if (!BUILTINS.has(`${word}/${args.length}`)) throw new Failure(`no ${word}/${args.length}`);
    return { kind: 'call', name: `${word}/${args.length}`, args };
  }

  #condition(): Query {
    const test = this.pipe();
    this.#need('then');
    const yes = this.pipe();
    if (this.#take('elif')) return { kind: 'if', test, yes, no: this.#condition() };
    const no = this.#take('else') ? this.pipe() : IDENTITY;
    return this.#until({ kind: 'if', test, yes, no }, 'end');
  }

  #object(): Query {
    const entries: (readonly [Query, Query])[] = [];
    if (this.#take('}')) return { kind: 'object', entries };
    do entries.push(this.#entry());
    while (this.#take(','));
    return this.#until({ kind: 'object', entries }, '}');
  }

  /** `name`, `"name"`, `(query)`, each with or without a value. */
  #entry(): readonly [Query, Query] {
    const token = this.#tokens[this.#at];
    const key = this.#entryKey(token);
    if (this.#take(':')) return [key, this.#binary(0)];
    if (token?.kind === 'sign') throw new Failure('an object key without a value');
    return [key, { kind: 'index', of: IDENTITY, key }];
  }

  #entryKey(token: Token | undefined): Query {
    if (token?.kind === 'string') return this.#string();
    this.#at += 1;
    if (token?.kind === 'word' && !/^[@$]/.test(token.text)) return { kind: 'literal', value: token.text };
    if (token?.kind === 'sign' && token.text === '(') return this.#until(this.pipe(), ')');
    throw new Failure('an object key is expected');
  }

  #string(format = '@text'): Query {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind !== 'string') throw new Failure('a string is expected');
    const parts = token.parts.map((part) => (typeof part === 'string' ? part : parseAll(part.source)));
    const [only] = parts;
    return parts.length === 1 && typeof only === 'string'
      ? { kind: 'literal', value: only }
      : { kind: 'text', parts, format };
  }

  #until(query: Query, end: string): Query {
    this.#need(end);
    return query;
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    const found = (token?.kind === 'sign' || token?.kind === 'word') && token.text === text;
    if (found) this.#at += 1;
    return found;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new Failure(`${JSON.stringify(text)} expected, not ${this.#describe()}`);
  }

  #describe(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) return 'the end';
    if (token.kind === 'number') return String(token.value);
    return token.kind === 'string' ? 'a string' : JSON.stringify(token.text);
  }
}
