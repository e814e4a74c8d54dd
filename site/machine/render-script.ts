/** A lesson as the script that `mtx-doc export` gives: with all that it needs, and a clean-up. */
import { posix } from 'node:path';
import { exportScript } from '../../runner/export/export-script.ts';
import type { Course, Lesson } from '../site.ts';
import { SiteError } from '../load/site-error.ts';

/** What the sandbox has; a reader whose world has more says so in MTX_HAS. */
const CAPABILITIES = ['rbac'] as const;

/** The script's text. Throws SiteError where the lesson cannot be one. */
export function renderScript(lesson: Lesson, course: Course): string {
  const chapters = withNeeds(lesson, course).map(({ chapter }) => chapter);
  const name = `${posix.basename(lesson.path)}.sh`;
  const script = exportScript({ chapters, phase: 'all', name, capabilities: CAPABILITIES });
  const fault = script.problems.find(({ severity }) => severity === 'error');
  if (fault !== undefined)
    throw new SiteError(`${fault.file}:${fault.span.start.line}: ${fault.message}`, fault.hint);
  return script.text;
}

/** The lesson last, what it needs before it, each once. A need that is missing is the run's error to tell. */
function withNeeds(lesson: Lesson, course: Course, seen: Set<string> = new Set()): readonly Lesson[] {
  seen.add(lesson.file);
  const needed = lesson.chapter.meta.needs.flatMap((need) => {
    const file = posix.join(posix.dirname(lesson.file), need);
    const found = course.lessons.find((other) => other.file === file);
    return found === undefined || seen.has(file) ? [] : withNeeds(found, course, seen);
  });
  return [...needed, lesson];
}
