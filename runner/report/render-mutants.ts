/** Shows which changes nobody noticed. */
import type { MutantReport, MutatedChapter, Survivor } from './mutants.ts';
import { renderCount } from './render-duration.ts';
import type { Style } from './style.ts';

/** For people: survivors with their places, a line per chapter, and a last line with the totals. Ends with a newline. */
export function renderMutants(report: MutantReport, style: Style): string {
  const lines = report.chapters.flatMap((chapter) => [
    ...chapter.survivors.flatMap((survivor) => renderSurvivor(chapter, survivor, style)),
    ...chapter.unjudged.map(({ line, block, reason }) =>
      style('warn', `not judged ${chapter.file}:${line} #${block}: ${reason}`),
    ),
    `${chapter.file}: ${renderCount(chapter.mutations, 'mutation')} of ${renderCount(chapter.expectations, 'expectation')}`,
  ]);
  const stale = report.stale.map(
    ({ chapter, block, mutation }) =>
      `${style('bad', 'STALE')} ${chapter} #${block}: \`${mutation}\` is listed and did not survive; remove it`,
  );
  return `${[...lines, ...stale, closingLine(report)].join('\n')}\n`;
}

/** The report as JSON, ended by a newline. */
export function renderMutantsJson(report: MutantReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** True where nothing survived but what is listed, and the list says no more than that. */
export function isProved({ chapters, stale }: MutantReport): boolean {
  return (
    stale.length === 0 &&
    chapters.every(({ survivors }) => survivors.every(({ reason }) => reason !== undefined))
  );
}

function renderSurvivor({ file }: MutatedChapter, survivor: Survivor, style: Style): readonly string[] {
  const { block, line, mutation, detail, hint, reason } = survivor;
  const mark = reason === undefined ? style('bad', 'SURVIVED') : style('warn', 'listed');
  return [
    `${mark} ${file}:${line} #${block}  ${style('strong', mutation)}`,
    ...(detail === undefined ? [] : [`  ${detail}`]),
    style('dim', `  ${reason === undefined ? hint : `reason: ${reason}`}`),
  ];
}

/** `N mutations: N killed, N allowed, N survived`, and how many of these are listed with a reason. */
function closingLine({ chapters }: MutantReport): string {
  const sum = (count: (chapter: MutatedChapter) => number): number =>
    chapters.reduce((total, chapter) => total + count(chapter), 0);
  const survivors = chapters.flatMap((chapter) => chapter.survivors);
  const listed = survivors.filter(({ reason }) => reason !== undefined).length;
  return [
    `${renderCount(
      sum(({ mutations }) => mutations),
      'mutation',
    )}: ${sum(({ killed }) => killed)} killed`,
    `${sum(({ allowed }) => allowed)} allowed by their matchers`,
    `${survivors.length} survived${listed === 0 ? '' : ` (${listed} listed with a reason)`}`,
  ].join(', ');
}
