/**
 * Polling re-runs a block, so it is allowed only where running it again is harmless: its commands are known to read only,
 * or the author promises it by `retry`.
 */
import type { Chapter } from '../chapter/chapter.ts';
import type { Problem } from '../text/text.ts';
import { findUnsafeCommand } from './read-only.ts';

/** A problem for each polled run that might change something; it stands at the first expectation with `within`. */
export function checkPolling(chapter: Chapter): readonly Problem[] {
  return chapter.blocks.flatMap((block): readonly Problem[] => {
    if (block.kind !== 'run' || block.retry) return [];
    const polled = block.expectations.find(({ withinMs }) => withinMs !== undefined);
    const command = polled && findUnsafeCommand(block.body);
    if (polled === undefined || command === undefined) return [];
    const shown = command.length > 80 ? `${command.slice(0, 79)}…` : command;
    return [
      {
        code: 'format:unsafe-polling',
        severity: 'error',
        file: chapter.file,
        span: polled.span,
        message: `\`within\` would run \`${shown}\` again, which is not known to be harmless`,
        hint: `poll with a command that only reads, or mark the run #${block.id} with \`retry\``,
      },
    ];
  });
}
