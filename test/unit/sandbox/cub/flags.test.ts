import { expect, it } from 'vitest';
import { checkArity } from '../../../../runner/sandbox/cub/arity.ts';
import { flagsOf } from '../../../../runner/sandbox/cub/commands.ts';
import { splitCsv } from '../../../../runner/sandbox/cub/csv.ts';
import { parseDuration } from '../../../../runner/sandbox/cub/duration.ts';
import { findCommand } from '../../../../runner/sandbox/cub/find.ts';
import { parseFlags } from '../../../../runner/sandbox/cub/flags.ts';
import { splitWords } from '../../../support/cub-scenario.ts';

const { own, inherited } = flagsOf('worker install');
const specs = [...own, ...inherited];

const READ = [
  { words: 'w --namespace=a', args: ['w'], text: { namespace: 'a' } },
  { words: '-n a w', args: ['w'], text: { namespace: 'a' } },
  { words: '-na w', args: ['w'], text: { namespace: 'a' } },
  { words: '-n=a w', args: ['w'], text: { namespace: 'a' } },
  { words: 'w', args: ['w'], text: { namespace: 'confighub', 'worker-type': 'kubernetes', target: '' } },
  { words: '--export w --export=false', args: ['w'], text: { export: 'false' } },
  { words: '-- -n a', args: ['-n', 'a'], text: { namespace: 'confighub' } },
  { words: '- --space s', args: ['-'], text: { space: 's' } },
  { words: '--namespace -n', args: [], text: { namespace: '-n' } },
];

it.each(READ)('reads $words', ({ words, args, text }) => {
  const parsed = parseFlags(specs, splitWords(words));
  expect(parsed.args).toEqual(args);
  for (const [name, value] of Object.entries(text)) expect(parsed.flags.text(name)).toBe(value);
});

it('collects lists over repetitions', () => {
  const { flags } = parseFlags(specs, ['-e', 'a=1,b=2', '--env', '"c=x,y"', '-ed=4']);
  expect(flags.list('env')).toEqual(['a=1', 'b=2', 'c=x,y', 'd=4']);
  expect(flags.list('nothing')).toEqual([]);
});

const REFUSED = [
  ['--nope', 'unknown flag: --nope'],
  ['-x', "unknown shorthand flag: 'x' in -x"],
  ['-hx', "unknown shorthand flag: 'x' in -x"],
  ['--namespace', 'flag needs an argument: --namespace'],
  ['-n', "flag needs an argument: 'n' in -n"],
  ['---a', 'bad flag syntax: ---a'],
  ['--export=x', 'invalid argument "x" for "--export" flag: strconv.ParseBool: parsing "x": invalid syntax'],
  [
    "-e '\"a'",
    'invalid argument "\\"a" for "-e, --env" flag: parse error on line 1, column 3: extraneous or missing " in quoted-field',
  ],
] as const;

it.each(REFUSED)('refuses %s', (words, message) => {
  expect(() => parseFlags(specs, splitWords(words))).toThrow(message);
});

const FOUND = [
  ['unit create a', 'unit create', ['a']],
  ['--space s unit list', 'unit list', ['--space', 's']],
  ['unit --space s list', 'unit list', ['--space', 's']],
  ['unit bogus', 'unit', ['bogus']],
  ['--debug space list', 'space list', ['--debug']],
  ['', 'cub', []],
] as const;

it.each(FOUND)('finds %s', (words, command, rest) => {
  expect(findCommand(splitWords(words))).toEqual({ command, words: rest });
});

it('suggests what is near', () => {
  expect(() => findCommand(['spac'])).toThrow(
    'unknown command "spac" for "cub"\n\nDid you mean this?\n\tspace\n',
  );
  expect(() => findCommand(['zzzzzzzz'])).toThrow(/for "cub"$/);
});

const ARITIES = [
  [['exactly', 1], 2, 'accepts 1 arg(s), received 2'],
  [['most', 1], 2, 'accepts at most 1 arg(s), received 2'],
  [['least', 2], 1, 'requires at least 2 arg(s), only received 1'],
  [['between', 1, 2], 3, 'accepts between 1 and 2 arg(s), received 3'],
] as const;

it.each(ARITIES)('counts %s', (arity, count, message) => {
  expect(() => checkArity(arity, count)).toThrow(message);
  expect(() => checkArity(arity, arity[1])).not.toThrow();
});

const CSV = [
  ['', []],
  ['a,b', ['a', 'b']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a""b"', ['a"b']],
  ['a,', ['a', '']],
  ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
] as const;

it.each(CSV)('splits %s', (line, fields) => {
  expect(splitCsv(line)).toEqual(fields);
});

const DURATIONS = [
  ['2m', 120_000],
  ['1m30s', 90_000],
  ['1.5s', 1500],
  ['300ms', 300],
  ['0', 0],
  ['-1s', -1000],
  ['soon', undefined],
  ['5', undefined],
  ['', undefined],
] as const;

it.each(DURATIONS)('measures %s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it('reads numbers of functions as Go does', () => {
  const spec = { name: 'replicas', shorthand: '', type: 'int', value: '' };
  for (const text of ['3', '-3', '+0x1F'])
    expect(parseFlags([spec], ['--replicas', text]).flags.given('replicas')).toBe(true);
  expect(parseFlags([spec], []).flags.given('replicas')).toBe(false);
  expect(() => parseFlags([spec], ['--replicas', '3.5'])).toThrow(
    'invalid argument "3.5" for "--replicas" flag: strconv.ParseInt: parsing "3.5": invalid syntax',
  );
});
