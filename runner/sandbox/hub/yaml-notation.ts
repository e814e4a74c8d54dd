/**
 * How values were written, where the YAML library would write them in another way: numbers such as `0644`, and where the lines
 * of a folded text break. What nobody changes is written as it was read.
 */
import { Scalar, visit } from 'yaml';
import type { Document, ScalarTag, SchemaOptions, Tags } from 'yaml';
import { readGoNumbers, TIMESTAMP } from '../../text/yaml-scalars.ts';
import { chooseStyle } from './yaml-style.ts';

type StringifyContext = Parameters<NonNullable<ScalarTag['stringify']>>[1];

/** A folded text with the lines that it was read from. */
interface Folded extends Scalar {
  type?: Scalar.Type;
  folded?: { readonly value: unknown; readonly lines: readonly string[] };
}

/** How the hub reads and writes configuration data: as the original does, and with every notation kept. */
export const HUB_YAML: Pick<SchemaOptions, 'customTags'> = {
  customTags: (tags) => keepNotations(readGoNumbers(tags)),
};

/** The library's tags, with writers that keep notations. */
function keepNotations(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag !== 'object') return tag;
    if (/:(?:int|float)$/.test(tag.tag)) return keepNumber(tag as ScalarTag);
    return tag.tag.endsWith(':str') ? writeText(tag as ScalarTag) : tag;
  });
}

/** Notes the lines of the folded texts in documents that were read from `text`. */
export function noteLines(documents: readonly Document[], text: string): void {
  if (!/>[-\d]*[ \t]*(?:#.*)?$/m.test(text)) return;
  for (const document of documents)
    visit(document, {
      Scalar: (_, scalar: Folded) => {
        const [start, end] = scalar.range ?? [0, 0];
        if (scalar.type === Scalar.BLOCK_FOLDED)
          scalar.folded = { value: scalar.value, lines: readLines(text.slice(start, end)) };
      },
    });
}

/** The lines after the header, without their indentation and the empty ones at the end. */
function readLines(block: string): string[] {
  const lines = block.trimEnd().split(/\r?\n/).slice(1);
  const indent = lines.find((line) => line.trim() !== '')?.search(/\S/) ?? 0;
  return lines.map((line) => line.slice(indent));
}

/** The library writes `0644` as `644` and rounds long numbers, which in a manifest means something else. */
function keepNumber(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify: (item, ...rest) =>
      item.source !== undefined && tag.test?.test(item.source) === true
        ? item.source
        : (tag.stringify?.(item, ...rest) ?? String(item.value)),
  };
}

/** A text that was made is written in the original's style, a folded one that was read with the lines that it had. */
function writeText(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify: (item: Folded, context, ...rest) => {
      context.forceBlockIndent = true;
      const write = (scalar: Scalar): string =>
        tag.stringify?.(scalar, context, ...rest) ?? String(item.value);
      if (item.source !== undefined) return keepLines(item, context, write(item));
      const text = String(item.value);
      const style = chooseStyle(text, item.type, {
        inFlow: context.inFlow === true,
        isKey: context.implicitKey === true,
        isAmbiguous: isAmbiguous(text, context),
      });
      return style === Scalar.PLAIN ? text : write(styled(item, style));
    },
  };
}

function styled(item: Scalar, type: Scalar.Type): Scalar {
  const copy = item.clone() as Scalar;
  copy.type = type;
  return copy;
}

/** Plain, the text would be a number, a boolean or the like. */
function isAmbiguous(text: string, { doc }: StringifyContext): boolean {
  const tags = doc.schema?.tags.filter((tag) => tag.default !== undefined && !tag.tag.endsWith(':str')) ?? [];
  return [TIMESTAMP, ...tags.map((tag) => ('test' in tag ? tag.test : undefined))].some(
    (test) => test instanceof RegExp && test.test(text),
  );
}

/** The library's header with the lines as they were; headers that count blanks are left to it altogether. */
function keepLines(item: Folded, { indent }: StringifyContext, written: string): string {
  const header = /^>-?(?: #.*)?$/m.exec(written);
  if (item.folded === undefined || item.folded.value !== item.value || header?.index !== 0) return written;
  return [header[0], ...item.folded.lines.map((line) => (line === '' ? '' : indent + line))].join('\n');
}
