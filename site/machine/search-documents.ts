/** What can be found: one document for each section of a lesson, its commands and outputs apart from its prose. */
import { outlineOf } from '../render/outline.ts';
import type { BlockRecording, LessonRecording, RecordedCourse } from '../site.ts';

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

function splitLesson({ lesson, blocks }: LessonRecording): readonly Omit<SearchDocument, 'id'>[] {
  const { sections } = outlineOf(lesson);
  return sections.map(({ id, heading, line, text }, index) => {
    const end = sections[index + 1]?.line ?? Infinity;
    const inside = [...blocks.values()].filter(
      ({ block: { span } }) => span.start.line >= line && span.start.line < end,
    );
    return {
      url: `${lesson.path}.html${id === undefined ? '' : `#${id}`}`,
      title: lesson.title,
      heading,
      text: index === 0 ? `${lesson.chapter.summary} ${text}` : text,
      commands: inside.map(({ block }) => block.body).join('\n'),
      output: inside.map(printed).join('\n'),
    };
  });
}

function printed({ run }: BlockRecording): string {
  return `${run?.output?.stdout ?? ''}${run?.output?.stderr ?? ''}${run?.output?.both ?? ''}`;
}
