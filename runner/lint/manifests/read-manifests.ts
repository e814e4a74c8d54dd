/** Finds the manifests of a page: YAML in `.file` blocks, and files of `k8s/` that its commands name. */
import { isNode, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { FileBlock } from '../../chapter/chapter.ts';
import { offsetInLine } from '../../text/position.ts';
import { KUBERNETES_YAML } from '../../text/yaml-scalars.ts';
import type { LintContext, Page } from '../lint.ts';
import { valuesOf } from '../symbols/loop-values.ts';
import type { BadFile, Manifest, Path } from './manifests.ts';
import { fieldsOf, textAt } from './values.ts';

export interface Found {
  readonly manifests: readonly Manifest[];
  readonly bad: readonly BadFile[];
}

/** How offsets of a text become places of the page. */
interface Places {
  at(start: number, end: number): { readonly start: number; readonly end: number };
  where(line: number): string;
}

export function readManifests(page: Page, { readFile }: LintContext): Found {
  const blocks = page.chapter.blocks.flatMap((block) =>
    block.kind === 'file' && isYaml(block.path) ? [block] : [],
  );
  const own = blocks.map((block) => read(block.body, isUnit(page, block), inBlock(page, block)));
  const named = new Map(
    page.commands.flatMap((command) =>
      command.words.flatMap((word) =>
        valuesOf(command, word).flatMap((value) => {
          const path = value.replace(/^\.\//, '');
          return path.startsWith('k8s/') && isYaml(path) && !word.glob ? [[path, word] as const] : [];
        }),
      ),
    ),
  );
  const others = [...named].flatMap(([path, word]) => {
    const text = readFile(path);
    const place = { start: word.start, end: word.end };
    return text === undefined
      ? []
      : [read(text, false, { at: () => place, where: (line) => `${path}:${line}: ` })];
  });
  const all = [...own, ...others];
  return { manifests: all.flatMap(({ manifests }) => manifests), bad: all.flatMap(({ bad }) => bad) };
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

function isUnit(page: Page, { path }: FileBlock): boolean {
  return page.commands.some(
    ({ name, words }) =>
      name === 'cub' &&
      words[1]?.value === 'unit' &&
      words[2]?.value === 'create' &&
      words.some(({ value }) => value === path),
  );
}

function inBlock({ lines }: Page, block: FileBlock): Places {
  const texts = block.body.split('\n');
  const starts = texts.map((_, index) => texts.slice(0, index).join('\n').length + (index === 0 ? 0 : 1));
  const toPage = (offset: number): number => {
    const index = starts.findLastIndex((start) => start <= offset);
    const line = block.bodyLines[index];
    if (line === undefined) return block.bodySpan.end.offset;
    return offsetInLine(lines, line, texts[index] ?? '', offset - (starts[index] ?? 0));
  };
  return { at: (start, end) => ({ start: toPage(start), end: toPage(end) }), where: () => '' };
}

function read(text: string, unit: boolean, places: Places): Found {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, ...KUBERNETES_YAML });
  const manifests: Manifest[] = [];
  const bad: BadFile[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors;
    if (error !== undefined) {
      const [start, end] = error.pos;
      const message = error.message.split('\n')[0] ?? '';
      bad.push({ ...places.at(start, end), message: places.where(counter.linePos(start).line) + message });
      break;
    }
    const value = fieldsOf(document.toJS());
    // Values, kustomizations and other YAML are no manifests.
    if (value['kind'] === undefined || value['apiVersion'] === undefined) continue;
    manifests.push({
      value,
      kind: `${textAt(value, ['apiVersion'])}/${textAt(value, ['kind'])}`,
      isUnit: unit,
      place: (path) => places.at(...rangeOf(document, path)),
      where: (path) => places.where(counter.linePos(rangeOf(document, path)[0]).line),
    });
  }
  return { manifests, bad };
}

/** The value's range, or that of the nearest thing around it. */
function rangeOf(document: Document, path: Path): [number, number] {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isNode(node) && node.range) {
    const [start, end] = node.range;
    const isWhole = path.length === 0 || !('value' in node);
    return isWhole ? [start, start + 1] : [start, end];
  }
  return path.length === 0 ? [0, 1] : rangeOf(document, path.slice(0, -1));
}
