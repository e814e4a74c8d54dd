/**
 * Lessons five to seven alone, each from three regions made in a hurry instead of by the lessons before it, and broken in the
 * ways in which such changes go wrong: the blocks that must notice it go red.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { fence, startCli, type Ended } from '../../support/cli.ts';
import { applyEdit, copyTutorial, escapePattern, shortenStart } from '../../support/tutorial.ts';

const FOURTH = 'tutorial/04-push-upgrade.md';
const FIFTH = 'tutorial/05-find-and-fix.md';
const SIXTH = 'tutorial/06-atomic-updates.md';
const SEVENTH = 'tutorial/07-emergency-bypass.md';

/** What each lesson says that it needs. */
const NEEDS: Readonly<Record<string, string>> = { [FIFTH]: FOURTH, [SIXTH]: FIFTH, [SEVENTH]: SIXTH };

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A copy in which only this lesson and a short start will run. */
function copyFor(lesson: string): void {
  folder = copyTutorial();
  shortenStart(folder, NEEDS[lesson] ?? FOURTH);
}

const run = (words: readonly string[], prefix = 'demo'): Promise<Ended> =>
  startCli(folder, ['run', ...words], { env: { MTX_PREFIX: prefix } });

interface Break {
  readonly name: string;
  readonly lesson: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** The last block to run: what comes later would only wait in vain. */
  readonly until: string;
  /** Blocks that must fail. */
  readonly red: readonly string[];
}

const BREAKS: readonly Break[] = [
  {
    name: 'a query that is too wide',
    lesson: FIFTH,
    from: /--where-data "spec.replicas > 4"/g,
    to: '--where-data "spec.replicas > 2"',
    until: 'choose',
    red: ['find', 'ask-filter', 'choose'],
  },
  {
    name: 'a saved question about another kind than the one that was asked about',
    lesson: FIFTH,
    from: /(cub filter create [^`]*?--resource-type) apps\/v1\/Deployment/,
    to: '$1 apps/v1/StatefulSet',
    until: 'ask-filter',
    red: ['ask-filter'],
  },
  {
    name: 'a saved question about the units of all who share the hub',
    lesson: FIFTH,
    from: /(cub filter create [^`]*?--where )"\$OURS"/,
    to: `$1"Slug = 'trade-service'"`,
    until: 'saved-where',
    red: ['saved-where'],
  },
  {
    name: 'a bulk write to more than was chosen',
    lesson: FIFTH,
    from: 'set-replicas 2 --space "*" --where "$CHOSEN"',
    to: `set-replicas 2 --space "*" --where "$OURS AND Slug = 'trade-service'"`,
    until: 'revisions',
    red: ['fixed', 'revisions'],
  },
  {
    name: 'a gate that is not set, so that one member goes live',
    lesson: SIXTH,
    from: 'c.image.matches(":v[0-9]+$")',
    to: 'c.image.matches(":v[0-9]+")',
    until: 'neither',
    red: ['gated', 'rehearse', 'refused', 'neither'],
  },
  {
    name: 'a restore that is claimed, not run',
    lesson: SIXTH,
    from: /--restore Before:ChangeSet:release-v2 --changeset release-v2 (--change-desc "release v2 taken back")/,
    to: '--label restored=yes --changeset release-v2 $1',
    until: 'restored',
    red: ['restored'],
  },
  {
    name: 'a merge range that begins one revision too early',
    lesson: SEVENTH,
    from: `--where "RevisionNum < $END" --jq '.[0]`,
    to: `--where "RevisionNum < $END" --jq '.[1]`,
    until: 'just-that-change',
    red: ['range', 'range-diff', 'rehearse', 'just-that-change'],
  },
  {
    name: "a copy of Europe's unit in place of a merge, which overwrites Asia's replicas",
    lesson: SEVENTH,
    from: /cub unit update trade-service --patch --space "\$ASIA" (--change-desc "[^"]*") \\\n *--merge-source.*\n/,
    to: 'cub unit get trade-service --space "$EU" --data-only | cub unit update trade-service - --space "$ASIA" $1\n',
    until: 'just-that-change',
    red: ['data-asia', 'just-that-change'],
  },
  {
    name: 'a backfill that is forgotten',
    lesson: SEVENTH,
    from: /cub unit update trade-service --patch --space "\$US" .*\n.*\n/,
    to: 'true\n',
    until: 'data-all',
    red: ['merge-us', 'us-before', 'data-all'],
  },
  {
    name: 'a backfill whose range begins too early, and brings the old algorithm',
    lesson: SEVENTH,
    from: /(--space "\$US" --change-desc .*\n.*--merge-base )"\$BASE"/,
    to: '$1"$((BASE - 1))"',
    until: 'data-all',
    red: ['us-before', 'data-all'],
  },
];

/** Steps that make the way back, and where a reader types them again although the lesson says not to. */
const TWICE = [
  { lesson: SIXTH, step: 'open', before: 'restore' },
  { lesson: SEVENTH, step: 'mark', before: 'merge-us' },
];

/** A clean-up that cannot go back must keep what knows the way: the command and the name that it gets wrong. */
const LOST = [
  {
    lesson: SIXTH,
    right: 'Before:ChangeSet:release-v2 --change-desc "as',
    wrong: 'Before:ChangeSet:release-v3 --change-desc "as',
    until: 'open',
  },
  {
    lesson: SEVENTH,
    right: '-base/before-inc-17" --change-desc',
    wrong: '-base/before-inc-18" --change-desc',
    until: 'mark',
  },
];

/** Clean-ups that leave something, which would vanish with the spaces of the lessons before. */
const UNDONE = [
  {
    lesson: FIFTH,
    from: 'cub filter delete too-many',
    to: 'echo cub filter delete too-many',
    left: 'left behind: filter too-many-replicas in space demo-traderx-base',
  },
  {
    lesson: FIFTH,
    from: 'cub unit apply trade-service --space "$PREFIX-traderx-eu" --wait=false\ncub filter',
    to: 'cub filter',
    left: 'left changed: unit trade-service in space demo-traderx-eu',
  },
  {
    lesson: SIXTH,
    from: 'cub trigger delete',
    to: 'echo cub trigger delete',
    left: 'left behind: trigger released-images in space demo-traderx-us',
  },
  {
    lesson: SEVENTH,
    from: 'cub tag delete',
    to: 'echo cub tag delete',
    left: 'left behind: tag before-inc-17 in space demo-traderx-base',
  },
];

describe('a lesson of the regions', () => {
  test.each([FIFTH, SIXTH, SEVENTH])(
    '%s runs alone, with any prefix, and leaves all as it was',
    { timeout: 180_000 },
    async (lesson) => {
      copyFor(lesson);
      const { code, out, err } = await run([lesson], 'team-7');
      expect({ code, err }, out).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/\n\d+ passed, 0 failed\n$/);
    },
  );

  test.each(TWICE)(
    '$lesson keeps the way back where #$step is typed twice',
    { timeout: 180_000 },
    async ({ lesson, step, before }) => {
      copyFor(lesson);
      const text = readFileSync(join(folder, lesson), 'utf8');
      const commands = text.split(`{.run #${step}}\n`)[1]?.split('\n```')[0] ?? '';
      // A reader’s shell goes on after a command that failed, and so does a list before `||`.
      const again = fence(
        '.run #again',
        `{\n${commands}\n} || false`,
        'with the same value already exists',
      ).replace('{.expect}', '{.expect exit=1 match=contains}');
      applyEdit(folder, { file: lesson, from: `\`\`\`bash {.run #${before}}`, to: `${again}\n$&` });
      const { code, out, err } = await run([lesson]);
      expect(code, out + err).toBe(0);
    },
  );

  test.each(LOST)(
    '$lesson keeps the way back where its clean-up cannot go it',
    { timeout: 180_000 },
    async ({ lesson, right, wrong, until }) => {
      copyFor(lesson);
      applyEdit(folder, { file: lesson, from: right, to: wrong });
      const { code, out, err } = await run([lesson, '--until', until, '--verbose']);
      expect(code, out + err).toBe(1);
      expect(out).toMatch(new RegExp(`^FAIL ${lesson}:\\d+ #clean-up `, 'm'));
      expect(out).not.toMatch(/Successfully deleted (?:tag|changeset)/);
    },
  );

  test.each(UNDONE)(
    '$lesson is held to what it leaves: $left',
    { timeout: 180_000 },
    async ({ lesson, from, to, left }) => {
      copyFor(lesson);
      const path = join(folder, lesson);
      const text = readFileSync(path, 'utf8');
      const start = text.indexOf('{.cleanup');
      const broken = text.slice(0, start) + text.slice(start).replace(from, to);
      expect(broken).not.toBe(text);
      writeFileSync(path, broken);
      const { code, out, err } = await run([lesson]);
      expect({ code, err }, out).toEqual({ code: 1, err: '' });
      expect([...out.matchAll(/^FAIL (\S+):\d+: (.*)$/gm)].map(([, file, what]) => [file, what])).toEqual([
        [lesson, left],
      ]);
    },
  );

  test('of a bulk write without a scope nothing is run', async () => {
    copyFor(FIFTH);
    const line = applyEdit(folder, {
      file: FIFTH,
      from: 'set-replicas 2 --space "*" --where "$CHOSEN"',
      to: `set-replicas 2 --space "*" --where "Slug = 'trade-service'"`,
    });
    const { code, out, err } = await run([FIFTH]);
    expect(err).toMatch(new RegExp(`${escapePattern(FIFTH)}:${line}:\\d+: error: .*scope:all-spaces`));
    expect(err).toContain('nothing was run');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test.each(BREAKS)('notices $name', { timeout: 180_000 }, async ({ lesson, from, to, until, red }) => {
    copyFor(lesson);
    applyEdit(folder, { file: lesson, from, to });
    const { code, out, err } = await run([lesson, '--until', until]);
    const text = out + err;
    expect(code, text).toBe(1);
    const failed = [...text.matchAll(new RegExp(`^FAIL ${lesson}:\\d+ #(\\S+) \\(`, 'gm'))].map(
      ([, id]) => id,
    );
    expect(failed, text).toEqual(red);
  });
});
