/** Problems for programs: an array of flat objects, or one GitHub annotation each. */
import type { LintProblem } from '../lint.ts';

/** A JSON array; each problem has exactly these ten fields, lines and columns from 1, the end behind the last character. */
export function renderLintJson(problems: readonly LintProblem[]): string {
  const rows = problems.map(({ code, severity, file, span: { start, end }, message, hint = '' }) => ({
    code,
    severity,
    file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    message,
    hint,
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

/** `::error` and `::warning` lines; empty where nothing is wrong. */
export function renderLintGithub(problems: readonly LintProblem[]): string {
  return problems
    .map(({ code, severity, file, span: { start, end }, message, hint }) => {
      const place = `file=${escapeProperty(file)},line=${start.line},endLine=${end.line},col=${start.column}`;
      const text = hint === undefined ? message : `${message}\n${hint}`;
      return `::${severity} ${place},title=${escapeProperty(code)}::${escapeData(text)}\n`;
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
