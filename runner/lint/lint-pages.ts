/** The linter's verb: every family looks at every page, then the suppressions of the chapters take their share. */
import type { Problem } from '../text/text.ts';
import type { Contract } from './contract/contract.ts';
import type { Finding, LintContext, LintProblem, LintSource, Page, Rule } from './lint.ts';
import { openPage } from './open-page.ts';
import { FAMILIES, RULES } from './rules.ts';
import { isShown, suppress } from './suppress.ts';

export interface LintOptions {
  /** At least one. With several, what any of them refuses is reported, with its name. */
  readonly contracts: readonly Contract[];
  readonly readFile: (path: string) => string | undefined;
}

const BY_CODE: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.code, rule]));

/** All problems, in the order of the files and their lines. */
export function lintPages(sources: readonly LintSource[], options: LintOptions): readonly LintProblem[] {
  const pages = sources.map(openPage);
  const byFile = new Map(pages.map((page) => [page.file, page]));
  return pages.flatMap((page) => {
    const found = options.contracts.flatMap((contract) => {
      const context = { pages: byFile, contract, readFile: options.readFile };
      const problems = lintPage(page, context);
      return options.contracts.length === 1
        ? problems
        : problems.map((problem) => ({ ...problem, contract }));
    });
    const merged = merge(found).filter((problem) => !isShown(page, problem));
    const problems = page.kind === 'chapter' ? suppress(page, merged) : merged;
    return problems.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  });
}

type Found = LintProblem & { readonly contract?: Contract };

function lintPage(page: Page, context: LintContext): readonly LintProblem[] {
  return FAMILIES.flatMap((family) =>
    [...family.check(page, context)].map((finding) => toProblem(page, finding)),
  );
}

function toProblem({ file, lines }: Page, finding: Finding): LintProblem {
  const { code, start, end, message, hint, fix } = finding;
  const problem: Problem = {
    code,
    severity: BY_CODE.get(code)?.severity ?? 'error',
    file,
    span: lines.span(start, Math.max(end, start + 1)),
    message,
    hint,
  };
  return fix === undefined ? problem : { ...problem, fix };
}

/** The same problem under several contracts is one; one that only some have names them. */
function merge(found: readonly Found[]): readonly LintProblem[] {
  const groups = Map.groupBy(
    found,
    ({ code, span, message }) => `${code} ${span.start.offset} ${span.end.offset} ${message}`,
  );
  const contracts = new Set(found.map(({ contract }) => contract)).size;
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { contract: _contract, ...problem } = first;
    const names = group.flatMap(({ contract }) => (contract === undefined ? [] : [contract.name]));
    if (names.length === 0 || (group.length === contracts && contracts > 1)) return [problem];
    return [{ ...problem, message: `${names.join(', ')}: ${problem.message}` }];
  });
}
