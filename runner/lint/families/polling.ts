/** format:unsafe-polling as a row of the table of rules. */
import type { Family } from '../lint.ts';
import { checkPolling } from '../polling.ts';

export const POLLING_FAMILY: Family = {
  rules: [
    {
      code: 'format:unsafe-polling',
      title: 'Polling a block that may change something',
      severity: 'error',
      explanation:
        '`within` runs a block again and again until it holds. That is harmless only for commands that read.',
      bad: 'cub unit apply web --space demo   # with {.expect within=60s}',
      good: 'cub unit get web --space demo --json   # with {.expect within=60s}',
    },
  ],
  *check({ chapter }) {
    for (const { code, span, message, hint = '' } of checkPolling(chapter)) {
      yield { code, start: span.start.offset, end: span.end.offset, message, hint };
    }
  },
};
