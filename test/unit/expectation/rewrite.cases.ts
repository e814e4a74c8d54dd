/** Expected text, output, and the expected text after a promotion; or `refused: ` and a part of the reason. */
import type { Captures, ExpectLanguage, MatchKind } from '../../../runner/expectation/expectation.ts';

type Row = readonly [expected: string, actual: string, promoted: string, captures?: Captures];

const UUID = '5f0c1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
const POD = 'web-6d4cf56db6-x2x7p';

export const TEXT_ROWS: Readonly<Partial<Record<MatchKind, readonly Row[]>>> = {
  exact: [
    ['a\nb', 'a\nc\n', 'a\nc'],
    ['a  \nb', 'a\nc', 'a  \nc'],
    ['', 'a\nb', 'a\nb'],
    ['a', '', ''],
    ['b\nc', 'a\nb\nc', 'a\nb\nc'],
    ['id <<id:uuid>>\nold', `id ${UUID}\nnew`, 'id <<id:uuid>>\nnew'],
    ['<<x>> is old\nagain <<x>>', '42 is new\nagain 42', '<<x>> is new\nagain <<x>>'],
    ['<<x>>\nagain <<x>>', '1\nagain 2', '<<x>>\nagain 2'],
    ['pod <<p>> created', 'deployment web was removed', 'deployment web was removed'],
    ['id <<id>>', 'id other', 'id other', { id: 'known' }],
    ['a', 'a <<b>>', 'refused: `<<b>>`'],
    ['pod/<<p>> ok', 'pods/web ok', 'pods/<<p>> ok'],
    ['created (<<id>>).', 'created (7)!', 'created (<<id>>)!'],
    ['took <<_:age>> in all', 'took 5s altogether', 'took <<_:age>> altogether'],
  ],
  elide: [
    ['a\n...\nc', 'a\nb\nd', 'a\n...\nd'],
    ['a\n...\nc', 'x\nb\nc', 'x\n...\nc'],
    ['a\n...\nc', 'd', 'd'],
    ['a\n...\none two three\n...\nc', 'a\nb\none two four\nb\nc', 'a\n...\none two four\n...\nc'],
    ['a\n...\nx\n...\nc', 'a\nb\nc', 'refused: `x` does not come any more'],
    ['a\n...\nx\n...\nc', 'a\nb\nb\nc', 'refused: would hide'],
    ['...\nold <<x>>', 'p\nnew 1', '...\nnew <<x>>'],
    ['one ... three four', 'one 2 2 three 4', 'one ... three 4'],
    ['one ... old', 'one 2 new', 'one ... new'],
    ['one ... old', 'one 2 3 new', 'one 2 3 new'],
    ['space ...-dev (<<_>>)', `space demo-prod (${UUID})`, 'space ...-prod (<<_>>)'],
    ['a\nb', 'a\n...', 'refused: a line `...`'],
    ['a\nb', 'a\nx\nb', 'a\nx\nb'],
  ],
  like: [
    [
      `NAME  READY\n${POD}   1/1\napi   1/1`,
      'NAME  READY\nweb-6d4cf56db6-k8zqw 1/1\napi 0/1',
      `NAME  READY\n${POD}   1/1\napi 0/1`,
    ],
    ['<<pod>>  1/1  Running', `${POD}   0/1   Pending`, '<<pod>>   0/1   Pending'],
    ['a  5s\nb  7s', 'b  1s', 'b  7s'],
    ['x 5s', 'x 100', 'x 100'],
  ],
  regex: [
    ['a.c\n\\d+', 'abc\nno', 'a.c\nno'],
    [
      'old',
      'a+b (c) [d] {e} ^f$ g|h \\i .j ?k',
      'a\\+b \\(c\\) \\[d\\] \\{e\\} \\^f\\$ g\\|h \\\\i \\.j \\?k',
    ],
    ['old', 'see <<x>>', 'see [<]<x>>'],
  ],
  contains: [
    ['created unit', 'Successfully created space demo', 'created space'],
    ['id <<_>> done', 'x\nid 5 finished', 'id <<_>> finished'],
    ['absent', 'a\nb', 'refused: nothing in the output resembles'],
    ['a\nnot b', 'a\nis b', 'a\nis b'],
  ],
  absent: [['error', 'an error', 'refused: undo the check']],
};

export const DATA_ROWS: Readonly<Partial<Record<ExpectLanguage, readonly Row[]>>> = {
  yaml: [
    ['a: 1 # why\nb: two', '{"a":2,"b":"two"}', 'a: 2 # why\nb: two'],
    ['a: "x"\nb: \'y\'\nc: z', '{"a":"p","b":"q","c":"r: s"}', 'a: "p"\nb: \'q\'\nc: "r: s"'],
    ['id: <<id>>\nn: 1', `{"id":"${UUID}","n":2}`, 'id: <<id>>\nn: 2'],
    ['id: <<id:uuid>>\nn: 1', '{"id":"no","n":1}', 'id: no\nn: 1'],
    ['a:\n  b: 1\n  # c\n  c: 2\nd: 3', '{"a":{"c":2},"d":3}', 'a:\n  # c\n  c: 2\nd: 3'],
    [
      'l:\n  - name: x\n    v: 1\n  - name: y\n    v: 2',
      '{"l":[{"name":"y","v":2,"w":3}]}',
      'l:\n  - name: y\n    v: 2',
    ],
    ['l:\n  - name: x\n    v: 1', '{"l":[{"name":"z","v":1}]}', 'l:\n  - name: z\n    v: 1'],
    ['l:\n  - a # one\n  - c', '{"l":["a","b","c"]}', 'l:\n  - a # one\n  - b\n  - c'],
    ['l:\n  - a\n  - c', '{"l":["x","a","c"]}', 'l:\n  - x\n  - a\n  - c'],
    ['l:\n  - v: 1', '{"l":[{"v":1,"w":1},{"v":2,"w":2}]}', 'l:\n  - v: 1\n  - v: 2'],
    ['l:\n  - - a\n    - b\n  - c', '{"l":[["b"],"c"]}', 'l:\n  - - b\n  - c'],
    ['l:\n  - a: 1\n    b: 2', '{"l":[{"b":2}]}', 'l:\n  - b: 2'],
    ['l: [a, b]', '{"l":["a"]}', 'l: [a]'],
    ['l: [b]', '{"l":["a, c","b"]}', 'l: ["a, c", b]'],
    ['l: []', '{"l":["a"]}', 'l: ["a"]'],
    ['s: |\n  one\n  two\nt: 1', '{"s":"one\\nthree\\n","t":1}', 's: |\n  one\n  three\nt: 1'],
    ['a:\nb: 1', '{"a":5,"b":1}', 'a: 5\nb: 1'],
    ['a: "5"', '{"a":5}', 'a: 5'],
    ['a: 5', '{"a":"5"}', 'a: "5"'],
    ['a: yes', 'a: true', 'a: true'],
    ['kind: A\n---\nkind: B\nn: 1', 'kind: A\n---\nkind: B\nn: 2\n', 'kind: A\n---\nkind: B\nn: 2'],
    ['a: 1', '{"b":1}', 'refused: no `a` any more'],
    ['a: 1', 'no data: [', 'refused: neither JSON nor YAML'],
    ['a: 1', '{"a":"<<x>>"}', 'refused: `<<x>>`'],
  ],
  json: [
    ['{ "a": 1,\n  "b": [1, 2] }', '{"b":[1,3],"a":1}', '{ "a": 1,\n  "b": [1, 3] }'],
    ['{\n  "a": 1,\n  "b": 2\n}', '{"b":2}', '{\n  "b": 2\n}'],
    ['{\n  "a": 1,\n  "b": 2\n}', '{"a":1}', '{\n  "a": 1\n}'],
    ['{"l": [\n  "a",\n  "c"\n]}', '{"l":["a","b","c"]}', '{"l": [\n  "a",\n  "b",\n  "c"\n]}'],
    ['{"a": "<<x>>", "b": true}', '{"a":"y","b":null}', '{"a": "<<x>>", "b": null}'],
    [
      '{"a": 1} \n{ "b": "<<x>>", "c": 2 }',
      '{"a":1}\n{"b":"y","c":3}',
      '{"a": 1} \n{ "b": "<<x>>", "c": 3 }',
    ],
    ['{"a": 1}\n{"a": 2}', '{"a":1}', 'refused: '],
    ['{"a": {"b": 1}}', '{"a":[1]}', '{"a": [1]}'],
  ],
};
