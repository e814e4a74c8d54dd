/** Problems as SARIF 2.1.0, which code scanning services read. */
import type { LintProblem, Rule } from '../lint.ts';

/** One run with the rules that were broken. Columns count UTF-16 units. */
export function renderLintSarif(
  problems: readonly LintProblem[],
  rules: readonly Rule[],
  version: string,
): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        tool: { driver: { name: 'mtx-doc', version, rules: codes.map((code) => describeRule(code, rules)) } },
        results: problems.map((problem) => toResult(problem, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describeRule(code: string, rules: readonly Rule[]): object {
  const rule = rules.find((row) => row.code === code);
  if (rule === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.explanation },
    help: { text: `Instead of\n\n${rule.bad}\n\nwrite\n\n${rule.good}` },
    defaultConfiguration: { level: rule.severity },
  };
}

function toResult(
  { code, severity, file, span, message, hint }: LintProblem,
  codes: readonly string[],
): object {
  const { start, end } = span;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file) },
          region: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
          },
        },
      },
    ],
  };
}
