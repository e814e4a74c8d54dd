/**
 * Reads the recorded cases of `test/fixtures/sandbox/kube`: requests of ours and what a real API server (v1.34.4) or a real
 * kubectl made of them. One case per line.
 */
import { readFileSync } from 'node:fs';

const folder = new URL('../../../fixtures/sandbox/kube/', import.meta.url);

/** The caller says what a case holds, as it wrote the recording. */
export function readCases(name: string): readonly unknown[] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as readonly unknown[];
}
