/** What is written instead of commands that do not exist: each such line must be right itself, and said once for one mistake. */
import { describe, expect, test } from 'vitest';
import { readShellScript } from '../../../runner/chapter/read-fences.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { openUsualContract } from '../../../runner/lint/contract/open-contract.ts';
import meantCommands from '../../../runner/lint/data/meant-commands.json' with { type: 'json' };
import { lintPages } from '../../../runner/lint/lint-pages.ts';
import type { LintProblem, LintSource } from '../../../runner/lint/lint.ts';

const contract = openUsualContract();

function lint(source: LintSource): readonly LintProblem[] {
  return lintPages([source], { contracts: [contract], readFile: () => undefined });
}

function script(source: string): LintSource {
  return { kind: 'script', chapter: readShellScript('a.sh', source), source };
}

function chapter(commands: string): LintSource {
  const source = `---\nmtx: {}\n---\n\`\`\`bash {.run}\n${commands}\n\`\`\`\n`;
  return { kind: 'chapter', chapter: parseChapter('a.md', source).chapter, source };
}

describe.each(meantCommands)('$write', ({ said, write }) => {
  test('is right', () => expect(lint(script(write.replace('REVISION', '1')))).toEqual([]));

  test.each(said)('is meant by `cub %s`', (command) => {
    const [problem, ...others] = lint(script(`cub ${command} web`));
    expect(problem).toMatchObject({ code: 'contract:command', hint: `Did you mean \`${write}\`?` });
    expect(others).toEqual([]);
  });
});

const MAKE = 'cub space create base\ncub unit create web web.yaml --space base\ncub space create prod\n';

test.each([
  ['what it would have made', `${MAKE}cub unit copy web --to-space prod\ncub unit apply web --space prod`],
  ['in a space', `${MAKE}cub space clone base us\ncub unit list --space us`],
  ['at all', `${MAKE}cub copy web\ncub unit get web --space prod`],
])('one mistake is reported once: %s', (_name, commands) => {
  expect(lint(chapter(commands)).map(({ code }) => code)).toEqual(['contract:command']);
});

test('another kind is still missed', () => {
  const commands = `${MAKE}cub unit copy web --to-space prod\ncub filter get all --space prod`;
  expect(lint(chapter(commands)).map(({ code }) => code)).toEqual(['contract:command', 'symbols:entity']);
});
