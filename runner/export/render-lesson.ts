/** One chapter as functions of the script: the lesson, in a fresh shell like that of a reader's next day, and its clean-up. */
import type { Block, Capability, Chapter } from '../chapter/chapter.ts';
import { quoteWord } from '../text/shell-word.ts';
import { renderBlock } from './render-block.ts';

/** What a function of the script holds. */
export interface Part {
  readonly chapter: Chapter;
  readonly blocks: readonly Block[];
  /** Lines that bring what earlier parts defined. */
  readonly carried: readonly string[];
  /** Lines that keep it for later ones. */
  readonly kept?: readonly string[];
}

const RULE = `# ${'-'.repeat(78)}`;

/** `02-environments` for `tutorial/02-environments.md`. */
export function nameOf({ file }: Chapter): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.md$/, '');
}

/** The name of a chapter's function, `lesson_02_environments`. */
export function functionName(kind: 'lesson' | 'clean_up', chapter: Chapter): string {
  return `${kind}_${nameOf(chapter).replaceAll(/\W/g, '_')}`;
}

/** The chapter's commands; the first that fails ends it. */
export function renderLesson(part: Part, capabilities: readonly Capability[]): readonly string[] {
  const { chapter, blocks, carried, kept = [] } = part;
  return [
    RULE,
    `# ${chapter.title} (${chapter.file})`,
    RULE,
    `${functionName('lesson', chapter)}() (`,
    `trap 'stopped "$?" "$LINENO"' ERR`,
    ...environmentLines(chapter),
    ...carried,
    ...renderSections(blocks, capabilities),
    ...kept,
    ')',
  ];
}

/** The chapter's clean-ups, the last one first; like a run of the chapter it tries every command. */
export function renderCleanUp(part: Part, capabilities: readonly Capability[]): readonly string[] {
  const { chapter, blocks, carried } = part;
  return [
    `# Takes down what ${chapter.file} made. Goes on where something is gone already.`,
    `${functionName('clean_up', chapter)}() (`,
    'set +eu',
    `trap 'CLEAN_UP_FAILED=yes' ERR`,
    ...environmentLines(chapter),
    ...carried,
    ...blocks.flatMap((block) => ['', ...renderBlock(block, capabilities)]),
    '',
    '[[ -z ${CLEAN_UP_FAILED-} ]]',
    ')',
  ];
}

function environmentLines({ meta }: Chapter): readonly string[] {
  return Object.entries(meta.env).map(([name, value]) => `export ${name}=${quoteWord(value)}`);
}

/** The blocks, with each heading of the page where it begins; the page's title stands above already. */
function renderSections(blocks: readonly Block[], capabilities: readonly Capability[]): readonly string[] {
  let above: readonly string[] = [];
  return blocks.flatMap((block) => {
    const first = block.headings.findIndex((heading, level) => heading !== above[level]);
    const fresh = first < 0 ? [] : block.headings.slice(Math.max(first, 1));
    above = block.headings;
    return [...fresh.flatMap((heading) => ['', `# ${heading}`]), '', ...renderBlock(block, capabilities)];
  });
}
