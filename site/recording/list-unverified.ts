/** What a site may not be published with, and how much of it was verified. */
import type { BlockRecording, RecordedCourse } from '../site.ts';
import { isCommand } from './is-command.ts';

/** What a verified page may have. */
const GOOD: ReadonlySet<BlockRecording['status']> = new Set(['verified', 'partly', 'skipped']);

/** Why the site may not be published as verified: `file:line: what`, one for each block or lesson. */
export function listUnverified({ lessons }: RecordedCourse): readonly string[] {
  return lessons.flatMap(({ lesson, status, reasons, blocks }) => {
    if (status === 'verified') return [];
    const bad = [...blocks.values()].filter(({ status }) => !GOOD.has(status));
    const lines = bad.map(
      ({ block, status, reason }) =>
        `${lesson.file}:${block.span.start.line}: ${block.id} is ${status}${reason === undefined ? '' : `: ${reason}`}`,
    );
    return [...reasons.map((reason) => `${lesson.file}: ${reason}`), ...lines];
  });
}

/** "165 of 166 commands verified, 1 skipped: needs a world with containers". Only a verified page has verified commands. */
export function describeVerified({ lessons }: RecordedCourse): string {
  const commands = lessons.flatMap(({ status, blocks }) =>
    [...blocks.values()]
      .filter(({ block }) => isCommand(block))
      .map((recording) => ({ ...recording, isVerified: status === 'verified' })),
  );
  const verified = commands.filter(({ status, isVerified }) => isVerified && status === 'verified').length;
  return [
    `${verified} of ${commands.length} commands verified`,
    ...describeLeft('skipped', commands),
    ...describeLeft('partly', commands),
  ].join(', ');
}

function describeLeft(status: 'skipped' | 'partly', all: readonly BlockRecording[]): readonly string[] {
  const left = all.filter((recording) => recording.status === status);
  if (left.length === 0) return [];
  const why = [...new Set(left.map(({ reason = '' }) => reason))].join('; ');
  return [`${left.length} ${status === 'partly' ? 'checked in part' : status}: ${why}`];
}
