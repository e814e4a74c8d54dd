/** One block of a chapter as lines of the script: its commands byte for byte, with what they need around them. */
import type {
  BackgroundBlock,
  Block,
  Capability,
  ExpectBlock,
  FileBlock,
  RunBlock,
  StreamName,
} from '../chapter/chapter.ts';
import { readDefinitions } from '../lint/definitions.ts';
import { mayFailUnseen } from '../lint/unseen-failure.ts';
import { findTexts, type ExpectedTexts } from './expected-texts.ts';
import { quoteWord } from '../text/shell-word.ts';

/** The lines of a block, without blank lines around them. */
export function renderBlock(block: Block, capabilities: readonly Capability[]): readonly string[] {
  switch (block.kind) {
    case 'run':
      return renderRun(block, capabilities);
    case 'setup':
    case 'cleanup':
      return checkedLines(block);
    case 'background':
      return renderBackground(block);
    case 'file':
      return renderFile(block);
    case 'excerpt':
      return [`# The page shows ${block.of} here.`];
    case 'skip':
      return [`# Not run: ${block.reason}`, ...bodyLines(block).map((line) => `# ${line}`.trimEnd())];
  }
}

function renderRun(block: RunBlock, capabilities: readonly Capability[]): readonly string[] {
  const expected = block.expectations.filter(({ only }) => only === undefined || capabilities.includes(only));
  const lines = renderExpected(block, expected);
  return block.only === undefined ? lines : [`if world_has ${block.only}; then`, ...lines, 'fi'];
}

function renderExpected(block: RunBlock, expected: readonly ExpectBlock[]): readonly string[] {
  const status = expected[0]?.exit ?? 0;
  const within = expected.flatMap(({ withinMs }) => withinMs ?? []);
  const step = stepName(block);
  if (within.length === 0)
    return status === 0 ? checkedLines(block) : [...stepFunction(block), `ends_with ${status} ${step}`];
  const call = `wait_for ${Math.ceil(Math.max(...within) / 1000)} ${status}`;
  // A step that sets variables sets them in a shell of its own while it is waited for.
  const sets = status === 0 && readDefinitions(block.body).length > 0;
  const waits = listWaits(step, expected);
  return [
    ...stepFunction(block),
    ...waits.flatMap(({ reader, option, words }, index) => {
      const isSilent = sets || index < waits.length - 1;
      return [
        ...(reader.body === '' ? [] : [`${reader.name}() { ${reader.body}; }`]),
        ...breakLine(`${call} ${reader.name}${option}`, [...words, ...(isSilent ? ['>/dev/null'] : [])]),
      ];
    }),
    ...(sets ? [step] : []),
  ];
}

interface Wait {
  readonly reader: Reader;
  readonly option: '' | ' --rows';
  readonly words: readonly string[];
}

/** One for the texts, and one for each expectation that names all rows of a stream. */
function listWaits(step: string, expected: readonly ExpectBlock[]): readonly Wait[] {
  const streams = [...new Set(expected.map(({ stream }) => stream))];
  return streams.flatMap((stream) => {
    const reader = makeReader(step, stream);
    const found = expected.filter((one) => one.stream === stream).map(findTexts);
    const texts = found.filter((one) => one.kind === 'texts');
    const rows = found.filter((one) => one.kind === 'rows');
    return [
      ...(texts.length === 0 ? [] : [{ reader, option: '' as const, words: textWords(texts) }]),
      ...rows.map((one) => ({ reader, option: ' --rows' as const, words: one.rows.map(quoteWord) })),
    ];
  });
}

function textWords(texts: readonly Extract<ExpectedTexts, { kind: 'texts' }>[]): readonly string[] {
  const present = [...new Set(texts.flatMap((text) => text.present))];
  const absent = [...new Set(texts.flatMap((text) => text.absent))];
  return [...present.map(quoteWord), ...(absent.length === 0 ? [] : ['--without', ...absent.map(quoteWord)])];
}

/** What prints the stream that is looked at on its standard output: the step, or with a body a function around it. */
interface Reader {
  readonly name: string;
  readonly body: string;
}

function makeReader(step: string, stream: StreamName): Reader {
  switch (stream) {
    case 'stdout':
      return { name: step, body: '' };
    case 'stderr':
      return { name: `${step}_errors`, body: `{ ${step} >/dev/null; } 2>&1` };
    case 'both':
      return { name: `${step}_with_errors`, body: `${step} 2>&1` };
  }
}

/** A call with its words, each on a line of its own where one is too narrow. */
function breakLine(call: string, words: readonly string[]): readonly string[] {
  const line = [call, ...words].join(' ');
  if (line.length <= 110) return [line];
  return [call, ...words.map((word) => `  ${word}`)].map((part, index) =>
    index < words.length ? `${part} \\` : part,
  );
}

function renderBackground(block: BackgroundBlock): readonly string[] {
  const step = stepName(block);
  const ready = `${step}_is_ready`;
  const seconds = Math.ceil(block.timeoutMs / 1000);
  return [
    ...stepFunction(block),
    `keep_running ${step}`,
    `${ready}() {`,
    readyCommand(block),
    '}',
    `wait_for ${seconds} 0 ${ready}`,
  ];
}

function readyCommand({ ready }: BackgroundBlock): string {
  switch (ready.kind) {
    case 'tcp':
      return `(: </dev/tcp/127.0.0.1/${ready.port})`;
    case 'http':
      return `curl --fail --silent --show-error --output /dev/null ${quoteWord(ready.url)}`;
    case 'output':
      return `grep -E -q -e ${quoteWord(ready.pattern)} "$STEP_OUTPUT"`;
  }
}

function renderFile({ path, body }: FileBlock): readonly string[] {
  let end = 'END_OF_FILE';
  while (body.split('\n').includes(end)) end += '_';
  const folder = path.includes('/') ? [`mkdir -p ${quoteWord(path.slice(0, path.lastIndexOf('/')))}`] : [];
  return [...folder, `cat >${quoteWord(path)} <<'${end}'`, ...linesOf(body), end];
}

function stepFunction(block: Block): readonly string[] {
  return [`${stepName(block)}() {`, ...bodyLines(block), '}'];
}

function stepName({ id }: Block): string {
  return `step_${id.replaceAll(/\W/g, '_')}`;
}

/** The commands, and where `set -e` is blind for how the last one ends, a subshell that ends in the same way. */
function checkedLines(block: Block): readonly string[] {
  const lines = bodyLines(block);
  return mayFailUnseen(block.body) ? [...lines, '(exit "$?")'] : lines;
}

function bodyLines({ body }: Block): readonly string[] {
  return linesOf(body);
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
