/** Parses CEL by precedence. */
import type { CelNode } from './cel.ts';
import { CelError, faultAt } from './error.ts';
import { tokenise } from './tokens.ts';
import type { Token } from './tokens.ts';

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** What may begin an operand. */
const OPERAND = ` expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}`;

const MAX_DEPTH = 200;

/** Keeps trees shallow enough to be walked. */
const MAX_LENGTH = 4096;

/** The tree of an expression. Throws CelError. */
export function parseCel(source: string): CelNode {
  if (source.length > MAX_LENGTH) throw new CelError(`expression is longer than ${MAX_LENGTH} characters`);
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenise(source);
  }

  parse(): CelNode {
    const node = this.#expression();
    return this.#next.kind === 'end' ? node : this.#fail();
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '<EOF>', value: '', at: this.#source.length };
  }

  #expression(): CelNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new CelError('expression is nested too deep');
    const test = this.#binary(0);
    const { at } = this.#next;
    if (!this.#take('?')) return this.#leave(test);
    const yes = this.#binary(0);
    this.#require(':');
    return this.#leave({ kind: 'choice', test, yes, no: this.#expression(), at });
  }

  #leave(node: CelNode): CelNode {
    this.#depth -= 1;
    return node;
  }

  #binary(level: number): CelNode {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (operators.includes(this.#next.text) && this.#next.kind !== 'string') {
      const { text: operator, at } = this.#advance();
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1), at };
    }
    return left;
  }

  #unary(): CelNode {
    const signs: Token[] = [];
    while (this.#sees('!') || this.#sees('-')) signs.push(this.#advance());
    if (signs.length > MAX_DEPTH) throw new CelError('expression is nested too deep');
    return signs.reduceRight<CelNode>(
      (operand, { text, at }) => ({ kind: text === '!' ? 'not' : 'negate', operand, at }),
      this.#member(),
    );
  }

  #member(): CelNode {
    let node = this.#primary();
    for (;;) {
      const { at } = this.#next;
      if (this.#take('.')) {
        const field = this.#next.kind === 'name' ? this.#advance().text : this.#fail();
        const { at: bracket } = this.#next;
        node = this.#take('(')
          ? { kind: 'call', of: node, name: field, given: this.#list(')'), at: bracket }
          : { kind: 'select', of: node, field, at };
      } else if (this.#take('[')) {
        node = { kind: 'index', of: node, index: this.#expression(), at };
        this.#require(']');
      } else return node;
    }
  }

  #primary(): CelNode {
    const token = this.#advance();
    switch (token.kind) {
      case 'int':
        return { kind: 'literal', value: BigInt(token.text), at: token.at };
      case 'double':
        return { kind: 'literal', value: Number(token.text), at: token.at };
      case 'string':
        return { kind: 'literal', value: token.value, at: token.at };
      case 'name':
        return this.#name(token);
      case 'symbol':
        return this.#bracket(token);
      case 'end':
        this.#at -= 1;
        return this.#fail(OPERAND);
    }
  }

  #name({ text: name, at: start }: Token): CelNode {
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return { kind: 'literal', value: constant, at: start };
    const { at } = this.#next;
    return this.#take('(')
      ? { kind: 'call', of: undefined, name, given: this.#list(')'), at }
      : { kind: 'name', name, at: start };
  }

  #bracket({ text, at }: Token): CelNode {
    if (text === '[') return { kind: 'list', items: this.#list(']'), at };
    if (text === '{') return this.#map(at);
    if (text !== '(') return this.#fail();
    const inner = this.#expression();
    this.#require(')');
    return inner;
  }

  #list(end: string): CelNode[] {
    const items: CelNode[] = [];
    while (!this.#take(end)) {
      if (items.length > 0) this.#require(',');
      items.push(this.#expression());
    }
    return items;
  }

  #map(at: number): CelNode {
    const entries: [CelNode, CelNode][] = [];
    while (!this.#take('}')) {
      if (entries.length > 0) this.#require(',');
      const key = this.#expression();
      this.#require(':');
      entries.push([key, this.#expression()]);
    }
    return { kind: 'map', entries, at };
  }

  #sees(text: string): boolean {
    return this.#next.kind !== 'string' && this.#next.text === text;
  }

  #take(text: string): boolean {
    const sees = this.#sees(text);
    if (sees) this.#at += 1;
    return sees;
  }

  #require(text: string): void {
    if (!this.#take(text)) this.#fail();
  }

  #advance(): Token {
    const token = this.#next;
    this.#at += 1;
    return token;
  }

  #fail(expected = ''): never {
    const { text, at } = this.#next;
    throw faultAt(this.#source, at, `Syntax error: mismatched input '${text}'${expected}`);
  }
}
