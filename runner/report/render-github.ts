/**
 * GitHub annotations. GitHub shows only ten errors of a step, so the ten most telling come first.
 */
import { findTroubles, listFailures, sortByImportance } from './failures.ts';
import type { Report } from './report.ts';

/** GitHub shows no more than this many errors of one step. */
const MAX_ANNOTATIONS = 10;

/** `::error …` lines, at most ten; empty or ending with a newline. */
export function renderAnnotations(report: Report): string {
  const blocks = sortByImportance(listFailures(report)).map(({ chapter, block, line, reason }) => {
    const title = escapeProperty([...block.headings, `#${block.id}`].join(' › '));
    const place = `file=${escapeProperty(chapter.file)},line=${line},title=${title}`;
    return `::error ${place}::${escapeData(reason)}`;
  });
  const troubles = findTroubles(report).map(({ text, place }) => {
    const where = place === undefined ? '' : `file=${escapeProperty(place.file)},line=${place.line},`;
    return `::error ${where}title=mtx-doc::${escapeData(text)}`;
  });
  const empty = report.outcome === 'empty' ? ['::error title=mtx-doc::nothing was checked'] : [];
  const lines = [...troubles, ...empty, ...blocks].slice(0, MAX_ANNOTATIONS);
  return lines.map((line) => `${line}\n`).join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
