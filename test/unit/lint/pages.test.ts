/** Where problems stand, what is followed, and which contracts are asked: the parts of the linter that no single rule has. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { readShellFences, readShellScript } from '../../../runner/chapter/read-fences.ts';
import { openContract, openUsualContract } from '../../../runner/lint/contract/open-contract.ts';
import { applyFixes } from '../../../runner/lint/fix.ts';
import { lintPages } from '../../../runner/lint/lint-pages.ts';
import type { LintProblem, LintSource } from '../../../runner/lint/lint.ts';
import { renderLintGithub, renderLintJson } from '../../../runner/lint/render/render-json.ts';
import { renderLintSarif } from '../../../runner/lint/render/render-sarif.ts';
import { RULES } from '../../../runner/lint/rules.ts';

const usual = [openUsualContract()];

function lint(source: LintSource, contracts = usual): readonly LintProblem[] {
  return lintPages([source], { contracts, readFile: () => undefined });
}

const markdown = (source: string): LintSource => ({
  kind: 'markdown',
  chapter: readShellFences('a.md', source),
  source,
});
const script = (source: string): LintSource => ({
  kind: 'script',
  chapter: readShellScript('a.sh', source),
  source,
});
const chapter = (source: string): LintSource => ({
  kind: 'chapter',
  chapter: parseChapter('a.md', source).chapter,
  source,
});

/** The marked texts, in order. */
const marked = (source: LintSource): readonly string[] =>
  lint(source).map(({ span }) => source.source.slice(span.start.offset, span.end.offset));

describe('places', () => {
  const nested =
    '# A\n\n> - one\n>\n>   ```bash\n>   echo ok\n>   cub unit lst --space demo \\\n>     --bogus\n>   ```\n';

  test.each([
    ['in a list in a quote', nested],
    ['with CRLF', nested.replaceAll('\n', '\r\n')],
  ])('%s', (_name, source) => {
    const [problem] = lint(markdown(source));
    expect(marked(markdown(source))).toEqual(['lst']);
    expect(problem?.span.start).toMatchObject({ line: 7, column: 14 });
  });

  test.each([
    ['transcript', '```console\n$ cub unit list \\\n>   --bogus --space demo\nNAME\n```\n', ['--bogus']],
    ['placeholder', '```bash\ncub unit get <name> --space <my space> --bogus\n```\n', ['--bogus']],
    ['other language', '```text\ncub unit lst\n```\n', []],
    ['escaped backticks', '```sh\nx=`echo \\`cub unit lst\\``\n```\n', ['`']],
  ])('in a %s', (_name, source, expected) => {
    expect(marked(markdown(source))).toEqual(expected);
  });
});

describe('values', () => {
  test.each([
    ['a literal', 'FLAG=--bogus\ncub unit list --space demo $FLAG', ['$FLAG']],
    ['split at blanks', 'FLAGS="--json --bogus"\ncub unit list --space demo $FLAGS', ['$FLAGS']],
    ['not split in quotes', 'A="web api"\ncub unit get "$A" --space demo', []],
    ['through another', 'A=lst\nB=$A\ncub unit $B', ['$B']],
    ['written twice', 'A=lst\nA=list\ncub unit $A --space demo', []],
    ['in a condition', 'if true; then A=lst; fi\ncub unit $A --space demo', []],
    ['in a subshell', '(A=lst)\ncub unit $A --space demo', []],
    ['of a loop', 'for A in lst list; do cub unit $A --space demo; done', []],
    ['read', 'read -r A < f\ncub unit $A --space demo', []],
    ['from a command', 'A=$(echo lst)\ncub unit $A --space demo', []],
    ['used before', 'cub unit $A --space demo\nA=lst', []],
    ['with a fallback', 'A=${B:-lst}\ncub unit $A --space demo', []],
    ['over blocks', '```bash\nA=lst\n```\n\n```bash\ncub unit $A\n```\n', ['$A']],
  ])('%s', (_name, source, expected) => {
    expect(marked(source.startsWith('```') ? markdown(source) : script(source))).toEqual(expected);
  });

  test('of the front matter', () => {
    const source = '---\nmtx:\n  env: {VERB: lst}\n---\n```bash {.run}\ncub unit $VERB\n```\n';
    expect(marked(chapter(source))).toEqual(['$VERB']);
  });
});

describe('a failure that the page shows', () => {
  const page = (command: string, exit: number): LintSource =>
    chapter(
      `---\nmtx: {}\n---\n\`\`\`bash {.run}\n${command}\n\`\`\`\n\n\`\`\`text {.expect exit=${exit} match=elide}\n...\n\`\`\`\n`,
    );

  test.each([
    ['refused, as the page says', 'cub unit list --space "*" --where "spec.replicas > 4"', 1, []],
    ['refused, and the page does not say so', 'cub unit list --bogus --space demo', 0, ['contract:flag']],
    ['silently wrong', 'cub unit lst', 1, ['contract:command']],
  ])('%s', (_name, command, exit, codes) => {
    expect(lint(page(command, exit)).map(({ code }) => code)).toEqual(codes);
  });
});

describe('contracts', () => {
  const source = script('cub unit list --space demo --filter web\n');

  test('a later flag is unknown to the earlier contract', () => {
    expect(lint(source, [openContract('cub-2025-10')])).toEqual([]);
    expect(lint(source, [openContract('cub-2025-08')])).toHaveLength(1);
  });

  test('of several, the one that refuses is named', () => {
    const [problem] = lint(source, [openContract('cub-2025-08'), openContract('cub-2025-10')]);
    expect(problem?.message).toMatch(/^cub-2025-08: `cub unit list` has no flag/);
  });

  test('what all refuse is said once', () => {
    const both = [openContract('cub-2025-08'), openContract('cub-2025-10')];
    expect(lint(script('cub unit lst\n'), both).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^There is no command/),
    ]);
  });

  test('kubectl by version', () => {
    const alpha = script('kubectl get pods --kuberc none\n');
    expect(lint(alpha, [openContract('kubectl-1.35')])).toEqual([]);
    expect(lint(alpha, [openContract('kubectl-1.31')])).toHaveLength(1);
  });
});

describe('fixes', () => {
  test('change what is marked and nothing else', () => {
    const text = 'set -e\r\nn=0\r\n((n++)) # one\r\nx=$(grep -c a b || echo 0)\r\n';
    const fixed = applyFixes(text, lint(script(text)));
    expect(fixed).toBe('set -e\r\nn=0\r\nn=$((n + 1)) # one\r\nx=$(grep -c a b || true)\r\n');
    expect(lint(script(fixed))).toEqual([]);
  });
});

describe('forms', () => {
  const problems = lint(script('sleep 5 # 100%\ncub unit lst\n'));

  test('json has exactly the promised fields', () => {
    expect(JSON.parse(renderLintJson(problems))).toEqual([
      {
        code: 'shell:sleep',
        severity: 'warning',
        file: 'a.sh',
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 8,
        message: expect.any(String) as string,
        hint: expect.any(String) as string,
      },
      expect.objectContaining({ code: 'contract:command', line: 2, column: 10, endLine: 2, endColumn: 13 }),
    ]);
  });

  test('github has a line each', () => {
    expect(renderLintGithub(problems)).toMatch(
      /^::warning file=a\.sh,line=1,.*\n::error file=a\.sh,line=2,[^\n]*\n$/,
    );
  });

  test('sarif names the rules once', () => {
    const log = JSON.parse(renderLintSarif(problems, RULES, '1.0.0')) as {
      runs: [
        { tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number; ruleId: string }[] },
      ];
    };
    const [run] = log.runs;
    for (const { ruleId, ruleIndex } of run.results)
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });
});
