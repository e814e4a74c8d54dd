/** Builds the block of each role but `.expect` from its marked fence. */
import { createAttributeReader, type AttributeReader } from './attribute-reader.ts';
import type { Block, BlockId, Readiness, RunBlock } from './chapter.ts';
import type { MarkedFence } from './mark.ts';
import { parseReadiness } from './readiness.ts';
import type { Reporter } from './report.ts';

/** How long a block may take that does not say. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** A fence and the id that it got. */
export interface NamedFence extends MarkedFence {
  readonly blockId: BlockId;
}

/** What blocks of every role have. */
export type BlockBase = Pick<
  RunBlock,
  'id' | 'span' | 'bodySpan' | 'language' | 'body' | 'bodyLines' | 'headings'
>;

/** The part of a block that comes from the fence alone. */
export function baseOf(named: NamedFence): BlockBase {
  const { span, bodySpan, body, bodyLines } = named.fence;
  const { blockId: id, language, section } = named;
  return { id, span, bodySpan, language, body, bodyLines, headings: section.headings };
}

/** The block of a fence; expectations are attached to runs later. Undefined for `.expect`. */
export function buildBlock(named: NamedFence, reporter: Reporter): Block | undefined {
  const attributes = createAttributeReader(named.attributes, reporter);
  const base = baseOf(named);
  const { role } = named;
  switch (role) {
    case 'expect':
      return undefined;
    case 'run':
      checkBody(named, reporter);
      return buildRun(base, attributes);
    case 'setup':
    case 'cleanup':
      checkBody(named, reporter);
      return { ...base, kind: role, timeoutMs: timeoutOf(attributes) };
    case 'background':
      checkBody(named, reporter);
      return { ...base, kind: role, timeoutMs: timeoutOf(attributes), ready: readyOf(attributes, reporter) };
    case 'file':
      return { ...base, kind: role, path: pathOf('path', attributes, reporter) };
    case 'excerpt': {
      const lines = linesOf(attributes, reporter);
      return {
        ...base,
        kind: role,
        of: pathOf('of', attributes, reporter),
        ...(lines !== undefined && { lines }),
      };
    }
    case 'skip': {
      const message = 'a skipped block says why';
      const reason = attributes.required(
        'reason',
        'skip-without-reason',
        message,
        'write `{.skip reason="…"}`',
      );
      return { ...base, kind: role, reason };
    }
  }
}

function buildRun(base: BlockBase, attributes: AttributeReader): RunBlock {
  const only = attributes.capability();
  const timeoutMs = timeoutOf(attributes);
  const retry = attributes.has('retry');
  return { ...base, kind: 'run', timeoutMs, retry, ...(only !== undefined && { only }), expectations: [] };
}

function checkBody({ fence, role }: NamedFence, reporter: Reporter): void {
  if (/\S/.test(fence.body)) return;
  const range = { start: fence.span.start.offset, end: fence.span.end.offset };
  reporter.error('empty-block', range, `this \`.${role}\` block has no commands`);
}

function timeoutOf(attributes: AttributeReader): number {
  return attributes.durationMs('timeout') ?? DEFAULT_TIMEOUT_MS;
}

function readyOf(attributes: AttributeReader, reporter: Reporter): Readiness {
  const hint = 'write `ready=tcp:8080`, `ready=http://localhost:8080/` or `ready=/regex/`';
  const message = 'a background block says when it is ready';
  const value = attributes.required('ready', 'missing-key', message, hint);
  const ready = parseReadiness(value);
  if (ready === undefined && value !== '') {
    reporter.error('bad-ready', attributes.rangeOf('ready'), `\`${value}\` is nothing to wait for`, hint);
  }
  return ready ?? { kind: 'output', pattern: '' };
}

function pathOf(name: 'path' | 'of', attributes: AttributeReader, reporter: Reporter): string {
  const message = `this block needs \`${name}=\``;
  const value = attributes.required(name, 'missing-key', message, `write \`${name}=folder/file.yaml\``);
  const outside = /^(?:[\\/~]|[A-Za-z]:)/.test(value) || value.split(/[\\/]/).includes('..');
  if (outside || value.endsWith('/')) {
    const where = name === 'path' ? 'the work folder' : 'the repository';
    reporter.error(
      'bad-path',
      attributes.rangeOf(name),
      `\`${value}\` is no file inside ${where}`,
      'write a relative path without `..`',
    );
  }
  return value;
}

function linesOf(attributes: AttributeReader, reporter: Reporter): { from: number; to: number } | undefined {
  const value = attributes.text('lines');
  if (value === undefined) return undefined;
  const match = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(value);
  const from = Number(match?.[1] ?? 0);
  const to = Number(match?.[2] ?? from);
  if (from >= 1 && to >= from) return { from, to };
  reporter.error(
    'bad-lines',
    attributes.rangeOf('lines'),
    `\`${value}\` is no range of lines`,
    'write `lines=3-9`',
  );
  return undefined;
}
