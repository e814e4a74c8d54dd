/** Turns a file into what rules see: its shell blocks parsed, with places in the file. Never throws. */
import type { Block } from '../chapter/chapter.ts';
import { createLineMap, offsetInLine, type LineMap } from '../text/position.ts';
import type { LintSource, Page, PageScript } from './lint.ts';
import { parseScript, readScript, type Collected } from './shell/read-script.ts';
import { countWrites } from './shell/variables.ts';

const SHELLS = new Set(['bash', 'sh', 'shell', 'zsh', 'console']);

/** A page with its commands. */
export function openPage(input: LintSource): Page {
  const { chapter, kind, source } = input;
  const lines = createLineMap(source);
  const values = new Map(
    Object.entries(chapter.meta.env).map(([name, shape]) => [name, { shape, many: false }]),
  );
  const all: Collected = { commands: [], functions: new Set(), values, writes: new Map() };
  const parsed = chapter.blocks.filter(isShell).map((block) => {
    const text = kind === 'markdown' || block.kind === 'skip' ? hidePlaceholders(block.body) : block.body;
    return { block, text, tree: parseScript(text) };
  });
  for (const { tree } of parsed) countWrites(tree, all.writes);
  for (const name of all.writes.keys()) values.delete(name);
  const scripts = parsed.map(({ block, text, tree }, index): PageScript => ({
    ...readScript(text, tree, placeOf(block, lines), index, all),
    block,
  }));
  return { ...input, file: chapter.file, lines, scripts, commands: all.commands, functions: all.functions };
}

/** A file that the page writes counts if it is a script; an excerpt and a manifest do not. */
function isShell(block: Block): boolean {
  if (!SHELLS.has(block.language)) return false;
  return block.kind !== 'excerpt' && !(block.kind === 'skip' && block.language === 'console');
}

/** Where nothing is run, `<name>` stands for what the reader fills in: a variable of the same length, so that places stay. */
function hidePlaceholders(text: string): string {
  return text.replace(/(?<!<)<[A-Za-z][\w .|/-]*>/g, (found) =>
    found.length === 3 ? '$XX' : `\${${'X'.repeat(found.length - 3)}}`,
  );
}

function placeOf(block: Block, lines: LineMap): (offset: number) => number {
  const starts = [0];
  for (let at = block.body.indexOf('\n'); at !== -1; at = block.body.indexOf('\n', at + 1))
    starts.push(at + 1);
  const texts = block.body.split('\n');
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const line = block.bodyLines[low];
    if (line === undefined) return block.bodySpan.end.offset;
    return offsetInLine(lines, line, texts[low] ?? '', offset - (starts[low] ?? 0));
  };
}
