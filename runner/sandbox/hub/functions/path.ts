/** Paths in configuration data: segments separated by dots; `~1` is a dot inside a key, quotes keep a segment together. */

/** The segments of `path`, unescaped. Empty ones vanish. */
export function splitPath(path: string): string[] {
  return (path.match(/"[^"]+"|[^.]+/g) ?? []).map((segment) =>
    segment.replace(/^"+|"+$/g, '').replaceAll(/~[10]/g, (escape) => (escape === '~1' ? '.' : '~')),
  );
}

/** The opposite of `splitPath`. */
export function joinPath(segments: readonly string[]): string {
  return segments.map(escapeSegment).join('.');
}

/** A key as it is written in a path. */
export function escapeSegment(segment: string): string {
  return segment.replaceAll('.', '~1');
}

/** No wildcard and no lookup: the path names one place. */
export function isResolved(path: string): boolean {
  return !/[?*@|]/.test(path);
}

/** The path with everything that can stand for many replaced by `*`, as registered paths are looked up. */
export function normalisePath(path: string): string {
  return splitPath(path)
    .map((segment) => (/[?*@%]|^\d*$/.test(segment) ? '*' : segment))
    .join('.');
}
