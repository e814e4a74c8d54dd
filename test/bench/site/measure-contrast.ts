/** The weakest contrast of a code token in either scheme, over all code of a course. */
import { join } from 'node:path';
import { loadCourse } from '../../../site/load/load-course.ts';
import { recordCourse } from '../../../site/recording/record-course.ts';
import { contrast } from '../../../site/render/contrast.ts';
import { openHighlighter } from '../../../site/render/highlight.ts';
import { listSnippets } from '../../../site/render/list-snippets.ts';
import { groundOf } from '../../support/contrast.ts';

/** The ratio; `folder` holds `tutorial`. */
export async function measureContrast(folder: string): Promise<number> {
  const snippets = listSnippets(recordCourse(await loadCourse('tutorial', folder), undefined));
  const highlighter = await openHighlighter(join(folder, 'contrast.json'), snippets);
  const [light, dark] = groundOf('code');
  return Math.min(
    ...Object.values(highlighter.palette()).flatMap((ink) => [
      contrast(ink.light, light),
      contrast(ink.dark, dark),
    ]),
  );
}
