/** Arguments of functions as they stand on a command line: positional ones, then `--name=value`. */
import type { Entity } from './cub.ts';
import { Failure } from './failure.ts';

/** FunctionArgument values, all texts. */
export function parseArguments(words: readonly string[]): Entity[] {
  let named = false;
  return words.map((word) => {
    const [, name, value] = /^--([^=]*)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined) {
      named = true;
      return { ParameterName: name, Value: value };
    }
    if (named) throw new Failure(`positional argument '${word}' cannot follow named arguments`);
    return { Value: word };
  });
}
