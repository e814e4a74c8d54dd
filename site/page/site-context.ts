/** What every page is rendered with. Types only. */
import type { Highlighter } from '../render/highlight.ts';
import type { RecordedCourse } from '../site.ts';

export interface SiteContext {
  /** The course's short name. */
  readonly name: string;
  readonly recorded: RecordedCourse;
  readonly highlighter: Highlighter;
  readonly style: string;
  /** Where the site will be, with `/` at the end. */
  readonly base?: string;
}
