/** Secrets in every form. */
import { expect, test } from 'vitest';

import { createRedactor } from '../../../runner/text/redact.ts';

const secret = 'p@ss/"w<ö>rd+1';

test.for([
  ['raw', secret],
  ['base64', btoa(String.fromCharCode(...new TextEncoder().encode(secret)))],
  ['URL', encodeURIComponent(secret)],
  ['JSON', JSON.stringify(secret).slice(1, -1)],
  ['Go JSON', 'p@ss/\\"w\\u003cö\\u003erd+1'],
] as const)('%s form', ([, form]) => {
  expect(createRedactor([secret]).redact(`a ${form} b`)).toBe('a *** b');
});

test.for(['', 'a', 'ab', 'abc', 'abcd'])('base64 inside a text after %j', (before) => {
  const plain = 'token-0123456789';
  for (const after of ['', 'x', 'xy', 'xyz']) {
    const masked = createRedactor([plain]).redact(btoa(before + plain + after));
    expect(masked).toContain('***');
    expect(masked.length).toBeLessThan(before.length + after.length + 16);
  }
});

test('short values are left alone, lines of a long one are not', () => {
  const redactor = createRedactor(['', 'a', '123', '-----BEGIN KEY-----\nMIIBVQIBADAN\nmore-of-the-key\n']);
  expect(redactor.redact('123 a')).toBe('123 a');
  expect(redactor.redact('  MIIBVQIBADAN\n')).toBe('  ***\n');
});

test.for([
  ['76 columns', 76, '\n'],
  ['64 columns', 64, '\n'],
  ['CRLF', 76, '\r\n'],
  ['indented in YAML', 64, '\n    '],
  ['within JSON', 76, String.raw`\n`],
] as const)('base64 that is broken into lines: %s', ([, width, end]) => {
  const long = Array.from({ length: 40 }, (_, index) => `key-${index}`).join('.');
  const wrap = (text: string): string => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);
  expect(createRedactor([long]).redact(`a: ${wrap(btoa(long))}${end}b`)).toMatch(
    /^a: \*\*\*(?:\n|\\n|\r\n) *b$/,
  );
  // A short secret in the middle of what is encoded, wherever the line breaks.
  for (let before = 0; before < 80; before += 1) {
    const masked = createRedactor(['token-0123456789']).redact(
      wrap(btoa(`${'x'.repeat(before)}token-0123456789${'y'.repeat(90)}`)),
    );
    expect(masked).toContain('***');
    for (let shift = 0; shift < 3; shift += 1) {
      const core = btoa(`${'x'.repeat(shift)}token-0123456789`).slice(4, 16);
      expect(masked.replaceAll(end, '')).not.toContain(core);
    }
  }
});

test('lines that belong to no secret stay lines', () => {
  const text = 'customresourcedefinitions\nabcdefghijklmnopqrst\nuvw\n';
  expect(createRedactor(['token-0123456789']).redact(text)).toBe(text);
});
