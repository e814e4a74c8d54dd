/** What the linter knows of manifests is what the emulator knows: `node test/support/manifest-knowledge.ts` writes it again. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILE, renderKnowledge } from '../../support/manifest-knowledge.ts';

test('the linter’s data are those of the emulator', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(renderKnowledge());
});
