/** `--review`: shows each change by itself and asks for one key. */
import type { Chapter } from '../chapter/chapter.ts';
import { rewriteChapter, type Change } from '../chapter/rewrite.ts';
import type { Style } from '../report/style.ts';
import type { Host } from './host.ts';
import { renderChanges } from './write-changes.ts';

export interface Reviewed {
  readonly accepted: readonly Change[];
  /** The reader wants to see no more; what was accepted is made. */
  readonly quit: boolean;
}

type Answer = 'accept' | 'skip' | 'quit';

const ANSWERS: Readonly<Record<string, Answer>> = {
  a: 'accept',
  y: 'accept',
  s: 'skip',
  n: 'skip',
  q: 'quit',
  '\u0004': 'quit',
};

/** Asks for each change, in page order. Ctrl-C quits and takes back what was accepted. */
export async function reviewChanges(
  chapter: Chapter,
  source: string,
  changes: readonly Change[],
  host: Host,
  style: Style,
): Promise<Reviewed> {
  const accepted: Change[] = [];
  for (const [index, change] of changes.entries()) {
    const { source: after } = rewriteChapter(chapter.file, source, [change]);
    host.stdout.write(renderChanges(chapter.file, source, after, style));
    const place = `${chapter.file}:${change.block.span.start.line} (${index + 1} of ${changes.length})`;
    host.stdout.write(`${style('strong', place)} [a]ccept, [s]kip, [q]uit? `);
    const answer = await askKey(host);
    host.stdout.write(`${answer ?? 'interrupted'}\n\n`);
    if (answer === undefined) return { accepted: [], quit: true };
    if (answer === 'quit') return { accepted, quit: true };
    if (answer === 'accept') accepted.push(change);
  }
  return { accepted, quit: false };
}

/** The first key that is an answer; undefined for Ctrl-C. */
async function askKey(host: Host): Promise<Answer | undefined> {
  const ends: (() => void)[] = [];
  try {
    return await new Promise<Answer | undefined>((resolve) => {
      ends.push(
        host.onInterrupt(() => resolve(undefined)),
        host.onKey((key) => {
          const answer = ANSWERS[key.toLowerCase()];
          if (answer !== undefined) resolve(answer);
        }),
      );
    });
  } finally {
    for (const end of ends) end();
  }
}
