/** The pages that are no lesson as Markdown: the overview with how far it is verified, and the recorded run as tables. */
import { renderDuration } from '../../runner/report/render-duration.ts';
import { renderWorld } from '../../runner/report/render-world.ts';
import { readBody } from '../load/read-body.ts';
import { nameStatus, sayGaps } from '../page/badge.ts';
import { renderDate } from '../page/layout.ts';
import { listRunFacts } from '../page/run-facts.ts';
import type { BlockRecording, LessonRecording, RecordedCourse } from '../site.ts';

/** The twin of the first page: what the course's README says, then what is recorded of each lesson. */
export function renderOverviewTwin({ course, lessons, report }: RecordedCourse): string {
  const text = course.overview === undefined ? `# ${course.title}\n` : readBody(course.overview.source).text;
  const verified = lessons.filter(({ status }) => status === 'verified').length;
  const run =
    report === undefined
      ? 'No run is recorded: nothing is verified.'
      : `${verified} of ${lessons.length} pages verified on ${renderDate(report.date)}. [How this is verified](verification.md)`;
  const rows = lessons.map((each) => `- [${each.lesson.title}](${each.lesson.path}.md): ${sayStatus(each)}`);
  return `${text}\n## The recorded run\n\n${run}\n\n${rows.join('\n')}\n`;
}

/** The twin of the verification page. */
export function renderVerificationTwin({ lessons, report }: RecordedCourse): string {
  const run =
    report === undefined
      ? 'No run is recorded: nothing is verified.\n'
      : renderTable(
          ['The run', ''],
          listRunFacts(report).map(({ name, text }) => [name, text]),
        );
  return `# How this is verified\n\n${run}\n${lessons.map(renderLesson).join('\n')}`;
}

function renderLesson(recording: LessonRecording): string {
  const { lesson, blocks, world } = recording;
  return [
    `## ${lesson.title}`,
    '',
    `[${lesson.path}.md](${lesson.path}.md): ${sayStatus(recording)}`,
    '',
    `World: ${world === undefined ? 'none' : renderWorld(world)}`,
    '',
    renderTable(['Block', 'Kind', 'Result', 'Time', 'Tries', 'Checks'], [...blocks.values()].map(toCells)),
  ].join('\n');
}

function sayStatus(recording: LessonRecording): string {
  const { reasons, chapter } = recording;
  const time = chapter === undefined ? '' : `, all commands in ${renderDuration(chapter.durationMs)}`;
  return [`${nameStatus(recording)}${time}.`, sayGaps(recording) ?? [], ...reasons].flat().join(' ');
}

function toCells({ block, status, run, reason }: BlockRecording): readonly string[] {
  return [
    block.id,
    block.kind,
    reason === undefined ? status : `${status}: ${reason}`,
    run === undefined ? '' : renderDuration(run.durationMs),
    String(run?.tries ?? ''),
    String(run?.expectations.length ?? ''),
  ];
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replace(/[\\|]/g, '\\$&')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}
