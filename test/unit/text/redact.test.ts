/** Secrets in every form and at every chunk border. */
import * as fc from 'fast-check';
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

test('chunks give what the whole gives', () => {
  const letters = fc.array(fc.constantFrom('abcd', 'abcdef', 'ab', 'cd', 'YWJj', 'ZGVm', ' ', '%', '"'));
  const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 8 });
  fc.assert(
    fc.property(letters, cuts, (parts, places) => {
      const text = parts.join('');
      const redactor = createRedactor(['abcd', 'abcdef', 'ab cd']);
      const stream = redactor.stream();
      let shown = '';
      let from = 0;
      for (const place of places.toSorted((a, b) => a - b)) {
        shown += stream.push(text.slice(from, Math.max(from, place)));
        from = Math.max(from, place);
      }
      shown += stream.push(text.slice(from)) + stream.flush();
      expect(shown).toBe(redactor.redact(text));
      expect(shown).not.toContain('abcd');
    }),
  );
});
