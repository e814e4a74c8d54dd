/** `mtx-doc lint`: what is wrong with chapters, scripts and other Markdown, without running any of it. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { applyFixes } from '../lint/fix.ts';
import type { Contract } from '../lint/contract/contract.ts';
import type { LintProblem } from '../lint/lint.ts';
import { lintPages } from '../lint/lint-pages.ts';
import { renderLintGithub, renderLintJson } from '../lint/render/render-json.ts';
import { renderRule, renderRules } from '../lint/render/render-rule.ts';
import { renderLintSarif } from '../lint/render/render-sarif.ts';
import { RULES } from '../lint/rules.ts';
import { suggest } from '../text/suggest.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import type { Host } from './host.ts';
import { chooseContracts, readerIn } from './lint-options.ts';
import { loadLintInput, type LintInput } from './lint-input.ts';
import { writeProblems } from './show-problems.ts';
import { UsageError } from './usage-error.ts';

export const lint: RunCommand = async (input, host) => {
  if (input.flag('explain')) return explain(input.arguments, host);
  const contracts = chooseContracts(input.text('contract'));
  if (input.flag('fix')) await repair(input, contracts, host);
  const loaded = await loadLintInput(input, host);
  const problems = find(loaded, contracts, host);
  show(problems, loaded, input, host);
  return exitCode(problems, input.number('max-warnings'));
};

function explain(codes: readonly string[], host: Host): number {
  if (codes.length === 0) host.stdout.write(renderRules(RULES));
  const texts = codes.map((code) => {
    const rule = RULES.find((row) => row.code === code);
    if (rule !== undefined) return renderRule(rule);
    const near = suggest(
      code,
      RULES.map((row) => row.code),
    );
    throw new UsageError(
      `there is no rule ${code}`,
      near === undefined ? 'list them: mtx-doc lint --explain' : `did you mean ${near}?`,
    );
  });
  host.stdout.write(texts.join('\n'));
  return EXIT.ok;
}

function find(loaded: LintInput, contracts: readonly Contract[], host: Host): readonly LintProblem[] {
  const found = lintPages(loaded.sources, { contracts, readFile: readerIn(host.cwd, loaded.requested[0]) });
  const files = new Set(loaded.requested);
  return [...loaded.problems, ...found]
    .filter(({ file }) => files.has(file))
    .toSorted(
      (a, b) =>
        loaded.requested.indexOf(a.file) - loaded.requested.indexOf(b.file) ||
        a.span.start.offset - b.span.start.offset,
    );
}

/** Repairs the files, twice because a repair may uncover another, and reads them again. */
async function repair(input: CommandInput, contracts: readonly Contract[], host: Host): Promise<void> {
  if (input.flag('stdin'))
    throw new UsageError('--fix changes files, and --stdin has none', 'leave one of the two out');
  for (let round = 0; round < 2; round += 1) {
    const loaded = await loadLintInput(input, host);
    const problems = find(loaded, contracts, host);
    for (const file of loaded.requested) {
      const before = loaded.texts.get(file) ?? '';
      const own = problems.filter((problem) => problem.file === file);
      const after = applyFixes(before, own);
      if (after !== before) writeFileSync(resolve(host.cwd, file), after);
    }
  }
}

function show(problems: readonly LintProblem[], loaded: LintInput, input: CommandInput, host: Host): void {
  switch (input.text('format') ?? '') {
    case 'json':
      return host.stdout.write(renderLintJson(problems));
    case 'github':
      return host.stdout.write(renderLintGithub(problems));
    case 'sarif':
      return host.stdout.write(renderLintSarif(problems, RULES, host.version));
    default: {
      const style = chooseStyle(input.text('color'), host.env, host.stdout);
      writeProblems(problems, (file) => loaded.texts.get(file), style, host.stdout);
      host.stdout.write(`${countProblems(problems)} in ${plural(loaded.requested.length, 'file')}\n`);
    }
  }
}

function countProblems(problems: readonly LintProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${plural(errors, 'error')}, ${plural(problems.length - errors, 'warning')}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function exitCode(problems: readonly LintProblem[], maxWarnings: number | undefined): number {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const tooMany = maxWarnings !== undefined && problems.length - errors > maxWarnings;
  return errors > 0 || tooMany ? EXIT.failed : EXIT.ok;
}
