/** Flags as spf13/pflag reads them: interspersed with arguments, up to `--`, and with its error texts. */
import type { FlagSpec, FlagValues } from './cub.ts';
import { Failure } from './failure.ts';
import { splitCsv } from './csv.ts';

interface Parsed {
  readonly args: readonly string[];
  readonly flags: FlagValues;
}

const BOOLS: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  TRUE: true,
  true: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  FALSE: false,
  false: false,
  False: false,
};

/** Throws Failure for everything that pflag refuses. */
export function parseFlags(specs: readonly FlagSpec[], words: readonly string[]): Parsed {
  const reader = new FlagReader(specs);
  const args: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return { args: [...args, ...rest], flags: reader };
    if (word.startsWith('--')) reader.readLong(word, rest);
    else if (word.startsWith('-') && word !== '-') reader.readShort(word, rest);
    else args.push(word);
  }
  return { args, flags: reader };
}

class FlagReader implements FlagValues {
  readonly #specs: readonly FlagSpec[];
  readonly #values = new Map<string, readonly string[]>();

  constructor(specs: readonly FlagSpec[]) {
    this.#specs = specs;
  }

  text(name: string): string {
    return this.#values.get(name)?.at(-1) ?? this.#default(name);
  }

  on(name: string): boolean {
    return BOOLS[this.text(name)] === true;
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  given(name: string): boolean {
    return this.#values.has(name);
  }

  readLong(word: string, rest: string[]): void {
    const [name, value] = cut(word.slice(2));
    if (name === '' || name.startsWith('-')) throw new Failure(`bad flag syntax: ${word}`);
    const spec = this.#specs.find((flag) => flag.name === name);
    if (spec === undefined) throw new Failure(`unknown flag: --${name}`);
    this.#set(spec, value ?? this.#operand(spec, rest, `--${name}`));
  }

  /** `-abc`, `-n value`, `-nvalue`, `-n=value`. */
  readShort(word: string, rest: string[]): void {
    let letters = word.slice(1);
    while (letters !== '') {
      const letter = letters.charAt(0);
      const spec = this.#specs.find((flag) => flag.shorthand === letter);
      if (spec === undefined) throw new Failure(`unknown shorthand flag: '${letter}' in -${letters}`);
      const tail = letters.slice(1);
      if (tail.startsWith('=') && tail.length > 1) return this.#set(spec, tail.slice(1));
      if (spec.type !== 'bool' && tail !== '') return this.#set(spec, tail);
      this.#set(spec, this.#operand(spec, rest, `'${letter}' in -${letters}`));
      letters = tail;
    }
    return undefined;
  }

  #default(name: string): string {
    return this.#specs.find((flag) => flag.name === name)?.value ?? '';
  }

  #operand(spec: FlagSpec, rest: string[], place: string): string {
    if (spec.type === 'bool') return 'true';
    const next = rest.shift();
    if (next === undefined) throw new Failure(`flag needs an argument: ${place}`);
    return next;
  }

  #set(spec: FlagSpec, value: string): void {
    const before = this.#values.get(spec.name) ?? [];
    if (spec.type === 'bool' && BOOLS[value] === undefined)
      this.#refuse(spec, value, parseError('ParseBool', value));
    if (spec.type === 'int' && !/^[+-]?(?:0x[\da-f]+|\d+)$/i.test(value))
      this.#refuse(spec, value, parseError('ParseInt', value));
    const added: readonly string[] = spec.type === 'strings' ? this.#split(spec, value) : [value];
    this.#values.set(
      spec.name,
      spec.type.startsWith('string') && spec.type !== 'string' ? [...before, ...added] : added,
    );
  }

  #split(spec: FlagSpec, value: string): readonly string[] {
    const fields = splitCsv(value);
    return typeof fields === 'string' ? this.#refuse(spec, value, fields) : fields;
  }

  #refuse(spec: FlagSpec, value: string, reason: string): never {
    const names = spec.shorthand === '' ? `--${spec.name}` : `-${spec.shorthand}, --${spec.name}`;
    throw new Failure(`invalid argument ${JSON.stringify(value)} for "${names}" flag: ${reason}`);
  }
}

function parseError(parser: string, value: string): string {
  return `strconv.${parser}: parsing ${JSON.stringify(value)}: invalid syntax`;
}

function cut(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
