/** The weakest contrast of a code token in either scheme, over all code of a course. */
import { join } from 'node:path';
import { loadCourse } from '../../../site/load/load-course.ts';
import { openHighlighter } from '../../../site/render/highlight.ts';
import { listSnippets } from '../../../site/render/list-snippets.ts';
import { codeGround, contrast } from '../../support/contrast.ts';

/** The ratio; `folder` holds `tutorial`. */
export async function measureContrast(folder: string): Promise<number> {
  const snippets = listSnippets(await loadCourse('tutorial', folder));
  const highlighter = await openHighlighter(join(folder, 'contrast.json'), snippets);
  for (const { code, language } of snippets) highlighter.highlight(code, language);
  const [light, dark] = codeGround();
  return Math.min(
    ...Object.values(highlighter.palette()).flatMap(([onLight, onDark]) => [
      contrast(onLight, light),
      contrast(onDark, dark),
    ]),
  );
}
