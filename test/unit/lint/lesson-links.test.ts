/** Links between files: rules see them only where the page itself can be read, because paths count from it. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { openUsualContract } from '../../../runner/lint/contract/open-contract.ts';
import { lintPages } from '../../../runner/lint/lint-pages.ts';

const FILES: Readonly<Record<string, string>> = {
  'tutorial/02-next.md': '# Next\n\n## Clean up\n',
  'docs/map.md': '# Map\n',
  'k8s/a.yaml': 'a: b\n',
};

function lint(link: string): readonly string[] {
  const source = `---\nmtx: {}\n---\n# Page\n\nSee [there](${link}).\n\n\`\`\`bash {.run}\ntrue\n\`\`\`\n`;
  const file = 'tutorial/01-page.md';
  const readFile = (path: string): string | undefined => (path === file ? source : FILES[path]);
  const page = { kind: 'chapter' as const, chapter: parseChapter(file, source).chapter, source };
  return lintPages([page], { contracts: [openUsualContract()], readFile }).map(({ message }) => message);
}

test.each([
  '02-next.md',
  '02-next.md#clean-up',
  '../docs/map.md',
  '../k8s/a.yaml',
  '#page',
  '../k8s',
  'https://a.example/b.md',
])('accepts %s', (link) => expect(lint(link)).toEqual([]));

test.each([
  ['03-next.md', 'There is no file `03-next.md`'],
  ['map.md', 'There is no file `map.md`'],
  ['02-next.md#cleanup', 'There is no heading for `#cleanup`'],
  ['../docs/map.md#nowhere', 'There is no heading for `#nowhere`'],
])('reports %s', (link, message) => expect(lint(link)).toEqual([expect.stringContaining(message)]));
