/** What can be found: one document for each section of a lesson, its commands and outputs apart from its prose. */
import { slugify } from '../../runner/chapter/section.ts';
import type { LessonRecording, RecordedCourse } from '../site.ts';

/** The keys are short because the index is sent to the browser. */
export interface SearchDocument {
  readonly id: number;
  /** Address within the site. */
  readonly url: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly commands: string;
  readonly output: string;
}

/** All documents, in page order. */
export function listDocuments({ lessons }: RecordedCourse): readonly SearchDocument[] {
  return lessons.flatMap(splitLesson).map((document, id) => ({ id, ...document }));
}

type Draft = Omit<SearchDocument, 'id'>;

function splitLesson(recording: LessonRecording): readonly Draft[] {
  const { lesson } = recording;
  const parts = lesson.source.replace(/^---[^]*?^---$/m, '').split(/^## (.+)$/m);
  const [opening = '', ...rest] = parts;
  const drafts = [draft(recording, '', lesson.chapter.summary + opening)];
  for (let index = 0; index < rest.length; index += 2)
    drafts.push(draft(recording, rest[index] ?? '', rest[index + 1] ?? ''));
  return drafts;
}

function draft({ lesson, blocks }: LessonRecording, heading: string, source: string): Draft {
  const name = heading.replace(/[`*]/g, '');
  const inside = [...blocks.values()].filter(({ block }) =>
    heading === '' ? block.headings.length < 2 : block.headings[1] === name,
  );
  return {
    url: `${lesson.path}.html${heading === '' ? '' : `#${slugify(name)}`}`,
    title: lesson.title,
    heading: name,
    text: source.replace(/^```[^]*?^```$/gm, ' ').replace(/[`*#|[\]]/g, ' '),
    commands: inside.map(({ block }) => block.body).join('\n'),
    output: inside
      .map(({ run }) => `${run?.output?.stdout ?? ''}${run?.output?.stderr ?? ''}${run?.output?.both ?? ''}`)
      .join('\n'),
  };
}
