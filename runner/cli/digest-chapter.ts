/** The hash by which a report is known to be of a chapter as it stands now. */
import { createHash } from 'node:crypto';
import type { Chapter } from '../chapter/chapter.ts';
import { describeWork } from '../chapter/describe-work.ts';

/** SHA-256, as hexadecimal digits. */
export function digestChapter(chapter: Chapter): string {
  return createHash('sha256').update(describeWork(chapter)).digest('hex');
}
