/** Static problems of expected texts: the code and the place in the text. */
import { expect, test } from 'vitest';

import { checkExpectation } from '../../../runner/expectation/check.ts';

test.for([
  ['exact', 'text', 'a <<b>> <<c:int>> <<_>> <none>', []],
  ['exact', 'text', 'a\n  <<b:itn>>', ['1:2 format:unknown-capture-type']],
  ['exact', 'text', '<<b:token>>', ['0:0 format:unknown-capture-type']],
  ['exact', 'text', '<<a b>> <<>>', ['0:8 format:bad-capture']],
  ['subset', 'text', 'a: 1', ['0:0 format:bad-language']],
  ['subset', 'json', '{"a": "<<x>>"}', []],
  ['subset', 'json', '{"a": <<x>>}', ['0:0 format:bad-data']],
  ['subset', 'json', '{"a": 1,\n "b": [}', ['1:7 format:bad-data']],
  ['subset', 'yaml', 'a: 1\n b: 2', ['0:3 format:bad-data']],
  ['subset', 'yaml', '', ['0:0 format:empty-expectation']],
  ['subset', 'yaml', '{}', ['0:0 format:empty-expectation']],
  ['subset', 'yaml', '[]', []],
  ['contains', 'text', ' \n', ['0:0 format:empty-expectation']],
  ['regex', 'text', 'ok\n(a|b', ['1:0 format:bad-regex']],
  ['regex', 'text', 'a <<x>>(', ['0:7 format:bad-regex']],
] as const)('%s %s %j', ([match, language, text, problems]) => {
  const found = checkExpectation({ match, language, text });
  expect(found.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(problems);
});
