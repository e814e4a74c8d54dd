/** lesson:*: the shape that all lessons have in common, and what makes a page untrue although its commands run. */
import type { Family, Finding, LintContext, Page, Rule } from '../lint.ts';
import { checkShape } from '../prose/check-shape.ts';
import { anchorsOf, readProse, type Prose } from '../prose/read-prose.ts';
import { placeOf } from './call-text.ts';

const RULES: readonly Rule[] = [
  {
    code: 'lesson:shape',
    title: 'A lesson without one of its parts',
    severity: 'error',
    explanation:
      'A reader finds the way because all lessons are built alike: Before you start, three to seven numbered steps, Check with a command that decides, What happened, Clean up, Next.',
    bad: '## Before you start\n## 1. Do it\n## Next',
    good: '## Before you start\n## 1. First\n## 2. Second\n## 3. Third\n## Check\n## What happened\n## Clean up\n## Next',
  },
  {
    code: 'lesson:link',
    title: 'A dead link',
    severity: 'error',
    explanation:
      'The link leads to a file or a heading that is not there, so a reader who follows it is lost.',
    bad: '[Clean up](#clean-upp)',
    good: '[Clean up](#clean-up)',
  },
  {
    code: 'lesson:echo',
    title: 'A command that is only printed',
    severity: 'error',
    explanation:
      'What a page prints with `echo` is never run, so nothing shows whether it works. Run it, or name it in the text.',
    bad: 'echo "cub unit apply web --space demo"',
    good: 'cub unit apply web --space demo',
  },
  {
    code: 'lesson:claim',
    title: 'A count that nobody keeps true',
    severity: 'warning',
    explanation:
      'A number of commands or checks that are said to pass is wrong after the next change, and nothing turns red.',
    bad: 'All 66 of 66 commands are valid.',
    good: 'Every command on this page is executed.',
  },
];

export const LESSON_FAMILY: Family = {
  rules: RULES,
  *check(page, context) {
    if (page.kind !== 'chapter') return;
    const prose = readProse(page.source);
    yield* checkShape(page, prose);
    yield* checkLinks(page, prose, context);
    yield* checkEchoes(page);
    yield* checkClaims(prose);
  },
};

const LINK = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;

function* checkLinks(page: Page, prose: Prose, context: LintContext): Iterable<Finding> {
  const own = anchorsOf(prose);
  // Where not even the page itself is found, paths mean something else here.
  const canRead = context.readFile(page.file) !== undefined;
  for (const { text, start } of prose.lines) {
    for (const match of text.matchAll(LINK)) {
      const [whole, target = ''] = match;
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|\/)/i.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const other = path === '' ? undefined : canRead ? readBeside(page.file, path, context) : 'unknown';
      if (other === 'unknown') continue;
      const anchors =
        path === ''
          ? own
          : other === undefined || !path.endsWith('.md')
            ? undefined
            : anchorsOf(readProse(other.text));
      const isDead = path !== '' && other === undefined;
      if (
        !isDead &&
        (anchor === undefined || anchors === undefined || anchors.has(decodeURIComponent(anchor)))
      )
        continue;
      const at = start + match.index + whole.lastIndexOf(target);
      yield {
        code: 'lesson:link',
        start: at,
        end: at + target.length,
        message: isDead
          ? `There is no file \`${path}\`, so the link leads nowhere.`
          : `There is no heading for \`#${anchor}\`, so the link leads to the top of the page.`,
        hint: isDead
          ? 'Correct the path; it counts from this page’s folder.'
          : 'Write the heading in lower case, with hyphens for blanks.',
      };
    }
  }
}

/** A file by its path from a page. Folders cannot be read, so they are not judged. */
function readBeside(
  file: string,
  path: string,
  { readFile }: LintContext,
): { readonly text: string } | 'unknown' | undefined {
  if (!/\.\w+$/.test(path)) return 'unknown';
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return 'unknown';
    } else if (part !== '.') parts.push(part);
  }
  const text = readFile(parts.join('/'));
  return text === undefined ? undefined : { text };
}

const PRINTED =
  /^\W*(?:run:?\s+|then:?\s+)?(?:cub (?:changeset|context|filter|function|link|space|tag|target|trigger|unit|worker) [a-z-]+|kubectl (?:annotate|apply|create|delete|describe|edit|exec|get|logs|patch|rollout|scale|set))\s/i;

function* checkEchoes(page: Page): Iterable<Finding> {
  for (const { name, words, redirects, parents, script } of page.commands) {
    const block = page.scripts[script]?.block;
    if ((name !== 'echo' && name !== 'printf') || redirects.length > 0 || block?.kind === 'skip') continue;
    // Into a pipe it is data for a program.
    if (parents.some(({ type }) => type === 'Pipeline' || type === 'CommandExpansion')) continue;
    const printed = words.slice(1).find(({ shape }) => PRINTED.test(`${shape} `));
    if (printed === undefined) continue;
    yield {
      code: 'lesson:echo',
      ...placeOf(printed),
      message: 'This command is only printed and never run, so nothing shows whether it works.',
      hint: 'Run it in a `.run` block, or name it in the text.',
    };
  }
}

const CLAIM = /\b(\d{2,}) (?:of|out of) \1\b|\ball \d{2,} (?:commands|checks|tests|blocks|examples)\b/gi;

function* checkClaims({ lines }: Prose): Iterable<Finding> {
  for (const { text, start } of lines) {
    for (const match of text.matchAll(CLAIM)) {
      yield {
        code: 'lesson:claim',
        start: start + match.index,
        end: start + match.index + match[0].length,
        message: `“${match[0]}” is wrong after the next change, and nothing would turn red.`,
        hint: 'Say what holds without the number, or show a command that counts.',
      };
    }
  }
}
