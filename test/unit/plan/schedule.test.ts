/** Chains, their order, their problems and what filters leave out, row by row. */
import { expect, test } from 'vitest';
import type { ChapterMeta } from '../../../runner/chapter/chapter.ts';
import { findWanted, resolveNeed } from '../../../runner/plan/resolve-need.ts';
import type { ScheduleOptions } from '../../../runner/plan/schedule-options.ts';
import { schedule } from '../../../runner/plan/schedule.ts';
import { buildChapter, cleanup, run, setup, skip } from '../../support/build-chapter.ts';

/** `b:a` is a chapter b that needs a. */
function build(text: string, meta: Partial<ChapterMeta> = {}) {
  return text.split(' ').map((word) => {
    const [id = '', needs = ''] = word.split(':');
    return buildChapter(id, [run('true')], { ...meta, needs: needs === '' ? [] : needs.split(',') });
  });
}

function plan(
  chapters: string,
  options: { requested: string } & Partial<Omit<ScheduleOptions, 'requested'>>,
) {
  const { requested, ...rest } = options;
  const all = build(chapters);
  const { plan, problems } = schedule(all, {
    ...rest,
    requested: all.map(({ id }) => id).filter((id) => requested.split(' ').includes(id)),
  });
  return {
    chains: plan.chains.map(({ chapters }) =>
      chapters.map(({ chapter, requested }) => (requested ? chapter.id : `(${chapter.id})`)).join(' '),
    ),
    problems: problems.map(({ code, file }) => `${code} ${file}`),
  };
}

test.each([
  ['one chapter', 'a', 'a', ['a']],
  ['strangers', 'a b', 'a b', ['a', 'b']],
  ['a needed one', 'a b:a', 'b', ['(a) b']],
  ['a whole tutorial is one chain', 'a b:a c:b d:c', 'a b c d', ['a b c d']],
  ['in whatever order they are named', 'd:c c:b b:a a', 'a b c d', ['a b c d']],
  ['two that need the same', 'a b:a c:a', 'b c', ['(a) b', '(a) c']],
  ['a diamond', 'a b:a c:a d:b,c', 'd', ['(a) (b) (c) d']],
  ['needed and requested', 'a b:a c', 'a b c', ['a b', 'c']],
] as const)('chains: %s', (_, chapters, requested, chains) => {
  expect(plan(chapters, { requested })).toEqual({ chains, problems: [] });
});

test.each([
  ['itself', 'a:a', 'a', ['format:needs-cycle a']],
  ['each other', 'a:b b:a', 'a b', ['format:needs-cycle b']],
  ['further down', 'a:b b:c c:b', 'a', ['format:needs-cycle c']],
  ['a missing file', 'a:x', 'a', ['format:needs-missing a']],
  ['no chapter', 'a', '', ['plan:no-chapter ']],
] as const)('problems: %s', (_, chapters, requested, problems) => {
  expect(plan(chapters, { requested }).problems).toEqual(problems);
});

test('a cycle names its members', () => {
  const chapters = build('a:b b:c c:a');
  const { problems } = schedule(chapters, { requested: chapters.map(({ id }) => id) });
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toBe('These chapters need each other: a -> b -> c -> a.');
});

test('without needs each chapter is alone', () => {
  expect(plan('a b:a c:x', { requested: 'a b c', noNeeds: true })).toEqual({
    chains: ['a', 'b', 'c'],
    problems: [],
  });
});

const story = buildChapter('a.md', [
  setup('s'),
  run('1'),
  cleanup('c'),
  run('2', [], { only: 'rbac' }),
  skip('x', 'why'),
  run('3'),
  cleanup('d'),
]);

test.each([
  ['nothing', {}, ['', '', '', '', 'why', '', '']],
  ['--only', { only: '#b4' }, ['', 'not named by --only #b4', '', '', 'why', 'not named by --only #b4', '']],
  ['--until', { until: 'b4' }, ['', '', '', '', 'why', 'comes after --until b4', '']],
  [
    'capabilities',
    { capabilities: new Set<'containers'>() },
    ['', '', '', 'needs a world with rbac', 'why', '', ''],
  ],
] as const)('steps: %s', (_, options, skips) => {
  const { plan, problems } = schedule([story], { requested: [story.id], ...options });
  expect(plan.chains[0]?.chapters[0]?.steps.map(({ skip }) => skip ?? '')).toEqual(skips);
  expect(problems).toEqual([]);
});

test('a filter that matches nothing is a problem; one that matches elsewhere leaves the chapter out', () => {
  const other = buildChapter('b.md', [run('1')]);
  const requested = [story.id, other.id];
  const nothing = schedule([story, other], { requested, only: 'nope', until: 'b1' });
  expect(nothing.problems.map(({ code, message }) => [code, message])).toEqual([
    ['plan:no-match', 'No block in the named chapters matches --only nope --until b1.'],
  ]);
  expect(schedule([story, other], { requested, only: 'b4' }).plan.chains.map(({ id }) => id)).toEqual([
    'a.md',
  ]);
});

test('time-outs: the command line wins over the block, the block over nothing', () => {
  const chapter = buildChapter('a.md', [run('1', [], { timeoutMs: 5 })]);
  const timeouts = (options: { timeoutMs?: number }) =>
    schedule([chapter], { requested: [chapter.id], ...options }).plan.chains[0]?.chapters[0]?.steps[0]
      ?.timeoutMs;
  expect([timeouts({}), timeouts({ timeoutMs: 9 })]).toEqual([5, 9]);
});

test('a world is needed as soon as one chapter of the chain asks for one', () => {
  const chapters = [
    ...build('a', { requires: ['kubectl'] }),
    ...build('b:a c'),
    ...build('d', { world: 'hub' }),
  ];
  const { plan } = schedule(chapters, { requested: chapters.map(({ id }) => id) });
  expect(plan.chains.map(({ id, needsWorld }) => [id, needsWorld])).toEqual([
    ['b', true],
    ['c', false],
    ['d', true],
  ]);
});

test.each([
  ['tutorial/a.md', 'b.md', 'tutorial/b.md'],
  ['tutorial/guides/a.md', '../01.md', 'tutorial/01.md'],
  ['a.md', './b.md', 'b.md'],
  ['a.md', '../b.md', '../b.md'],
  ['../a.md', '../b.md', '../../b.md'],
])('%s needs %s: %s', (from, need, id) => {
  const [chapter] = build(from);
  expect(chapter === undefined ? undefined : resolveNeed(chapter.id, need)).toBe(id);
});

test('the files still wanted are those that nobody has parsed, each once', () => {
  expect(findWanted(build('a:x b:x,a c:y'))).toEqual(['x', 'y']);
});
