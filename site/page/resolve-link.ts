/** Links between Markdown files as links between pages. */
import { join, dirname } from 'node:path/posix';
import type { Course, SourceFile } from '../site.ts';

/** A function that gives a link's target on the site; undefined where the target is no page. */
export function resolveLink(from: SourceFile, course: Course): (href: string) => string | undefined {
  const pages = new Map(course.lessons.map(({ file, path }) => [file, path]));
  if (course.overview !== undefined) pages.set(course.overview.file, 'index');
  const root = '../'.repeat(from.path.split('/').length - 1);
  return (href) => {
    if (/^[a-z]+:/i.test(href) || href.startsWith('#')) return href;
    const [target = '', anchor] = href.split('#');
    const path = pages.get(join(dirname(from.file), decodeURIComponent(target)));
    if (path === undefined) return undefined;
    return `${root}${path}.html${anchor === undefined ? '' : `#${anchor}`}`;
  };
}
