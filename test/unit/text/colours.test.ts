/** The colours that are kept beside a text, and that they can never bring back what was taken out of it. */
import { expect, test } from 'vitest';
import { keepColours } from '../../../runner/text/colours.ts';
import { normaliseOutput } from '../../../runner/text/normalise.ts';
import { createRedactor } from '../../../runner/text/redact.ts';

const red = '\u001b[31m';
const off = '\u001b[0m';

test.each([
  ['no colours', 'plain\n', undefined],
  ['another sequence is no colour', 'a\u001b]0;title\u0007b\u001b[2J', undefined],
  ['a word', `a ${red}b${off} c\n`, `a ${red}b${off} c\n`],
  ['the eight-bit introducer', '\u009b31ma\u009bm', `${red}a\u001b[m`],
  ['what erases nothing, as grep writes it', `${red}\u001b[Ka\u001b[m\u001b[K\n`, `${red}a\u001b[m\n`],
  ['line ends of Windows', `${red}a${off}\r\nb\r\n`, `${red}a${off}\nb\n`],
  ['over lines', `${red}a\nb${off}\n`, `${red}a\nb${off}\n`],
  ['a line that was written over has none of its own', `${red}10%\r99%${off}\nb`, `99%${red}${off}\nb`],
  ['too many digits mean nothing', '\u001b[31mA\u001b[1234567mB', '\u001b[31mAB'],
])('%s', (_name, printed, kept) => {
  const shown = normaliseOutput(printed);
  expect(keepColours(printed, shown)).toBe(kept);
  if (kept !== undefined) expect(normaliseOutput(kept)).toBe(shown);
});

test.each([
  `token: ${red}s3cr3t-value${off}\nnext\n`,
  `token: s3cr${red}3t-va${off}lue\nnext\n`,
  `${red}token: s3cr3t-value\nnext${off}\n`,
])('a secret stays masked, however it is coloured: %j', (printed) => {
  const shown = createRedactor(['s3cr3t-value']).redact(normaliseOutput(printed));
  const kept = keepColours(printed, shown) ?? '';
  expect(normaliseOutput(kept)).toBe('token: ***\nnext\n');
});

test('a text that lost lines has no colours', () => {
  expect(keepColours(`${red}a\nb${off}\nc`, 'a\n***')).toBeUndefined();
});
