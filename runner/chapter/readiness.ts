/** What a background block is waited for. */
import type { Readiness } from './chapter.ts';

/** Reads `tcp:PORT`, `http:URL` (or just the URL) and `/regex/`; undefined for anything else. */
export function parseReadiness(text: string): Readiness | undefined {
  const tcp = /^tcp:(\d{1,5})$/.exec(text)?.[1];
  if (tcp !== undefined) {
    const port = Number(tcp);
    return port >= 1 && port <= 65_535 ? { kind: 'tcp', port } : undefined;
  }
  const pattern = /^\/(.+)\/$/.exec(text)?.[1];
  if (pattern !== undefined) return isRegex(pattern) ? { kind: 'output', pattern } : undefined;
  const url = /^(?:http:)?(https?:\/\/\S+)$/.exec(text)?.[1];
  return url !== undefined && URL.canParse(url) ? { kind: 'http', url } : undefined;
}

function isRegex(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'm').source !== '';
  } catch {
    return false;
  }
}
