/** What `--explain` prints: one rule with its examples, or the list of all. */
import type { Rule } from '../lint.ts';

/** A rule for people. */
export function renderRule({ code, title, severity, explanation, bad, good }: Rule): string {
  return `${code} (${severity}): ${title}\n\n${explanation}\n\nReported:\n\n${indent(bad)}\n\nInstead:\n\n${indent(good)}\n`;
}

/** All rules, a line each. */
export function renderRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ code }) => code.length));
  const sorted = rules.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return sorted
    .map(({ code, severity, title }) => `${code.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`)
    .join('');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
