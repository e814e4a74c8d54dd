/**
 * `<details>` around Markdown, as GitHub shows it: one is a fold, several in a row are tabs, of which one is open at a time. Both
 * are the browser's own, so they need no script; what is in them is Markdown like any other, and is run in its order.
 */
import type { Token } from 'markdown-it';

/** The summary is HTML, but holds no tags. */
const TAG = /<\/details>|<details( open)?>\s*<summary>([^<\n]+)<\/summary>/g;

interface Tag {
  /** The summary; absent at the end. */
  readonly label?: string;
  readonly isOpen: boolean;
  /** Nothing stands between it and the tag before. */
  readonly follows: boolean;
}

/** Gives the tokens of such tags their HTML as `meta.html`. Where a tag lacks its pair, all stay text. */
export function markDetails(tokens: readonly Token[]): void {
  const read = tokens.map((token, index) => readTags(token, tokens[index - 1]));
  const all = read.flat();
  const isPaired = all.every(({ label }, index) => (label === undefined) === (index % 2 === 1));
  if (!isPaired || all.length % 2 === 1) return;
  const written = renderRows(all.filter((_, index) => index % 2 === 0));
  for (const [index, token] of tokens.entries()) {
    const count = read[index]?.length ?? 0;
    if (count > 0) token.meta = { html: written.splice(0, count).join('') };
  }
}

/** The tags of a block that holds nothing else. */
function readTags({ type, content }: Token, before: Token | undefined): readonly Tag[] {
  if (type !== 'html_block' || content.replace(TAG, '').trim() !== '') return [];
  return [...content.matchAll(TAG)].map(([, open, label], index) => ({
    isOpen: open !== undefined,
    follows: index > 0 || (before?.type === 'html_block' && /<\/details>\s*$/.test(before.content)),
    ...(label === undefined ? {} : { label }),
  }));
}

/** The HTML of each start and its end, in order. */
function renderRows(starts: readonly Tag[]): string[] {
  const rows: Tag[][] = [];
  for (const start of starts) {
    const row = rows.at(-1);
    if (row !== undefined && start.follows) row.push(start);
    else rows.push([start]);
  }
  return rows.flatMap((row, index) =>
    row.length === 1 ? row.flatMap(renderFold) : renderTabs(row, index + 1),
  );
}

function renderFold({ label = '', isOpen }: Tag): readonly string[] {
  return [
    `<details class="more"${isOpen ? ' open' : ''}><summary>${label}</summary><div>\n`,
    '</div></details>\n',
  ];
}

/** One tab is open from the start: the first that says so, or else the first. */
function renderTabs(row: readonly Tag[], number: number): readonly string[] {
  const open = Math.max(
    0,
    row.findIndex(({ isOpen }) => isOpen),
  );
  return row.flatMap(({ label = '' }, index) => [
    `${index === 0 ? '<div class="tabs">\n' : ''}<details class="tab" name="tabs-${number}"${index === open ? ' open' : ''}><summary>${label}</summary><div>\n`,
    `</div></details>${index === row.length - 1 ? '</div>' : ''}\n`,
  ]);
}
