/**
 * Reads the recorded cases of `test/fixtures/sandbox/kube`: requests of ours and what a real API server (v1.34.4) or a real
 * kubectl made of them. One case per line.
 */
import { readFileSync } from 'node:fs';

const folder = new URL('../../../fixtures/sandbox/kube/', import.meta.url);

export function readCases<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as readonly T[];
}
