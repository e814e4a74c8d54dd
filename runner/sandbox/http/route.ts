/** Finds who answers a request: patterns like `/space/:space/unit`, where a literal segment beats a parameter. */

/** `Found` holds the route's own payload (a handler, usually) and the decoded parameters. */
export type RouteMatch<H> =
  | { readonly kind: 'found'; readonly handler: H; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'method'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' };

/** One entry of the table. */
export interface Route<H> {
  readonly method: string;
  /** Begins with `/`; a segment `:name` matches any one segment that is not empty. */
  readonly path: string;
  readonly handler: H;
}

/** Finds the route of a decoded path. */
export type Router<H> = (method: string, path: string) => RouteMatch<H>;

interface Pattern<H> {
  readonly segments: readonly string[];
  readonly handlers: Map<string, H>;
}

/** Makes a router. Throws if two routes have the same method and path. */
export function createRouter<H>(routes: readonly Route<H>[]): Router<H> {
  const patterns = new Map<string, Pattern<H>>();
  for (const { method, path, handler } of routes) {
    const pattern = patterns.get(path) ?? { segments: path.split('/'), handlers: new Map<string, H>() };
    if (pattern.handlers.has(method)) throw new Error(`two routes for ${method} ${path}`);
    pattern.handlers.set(method, handler);
    patterns.set(path, pattern);
  }
  const ordered = [...patterns.values()].sort((a, b) => rank(a.segments).localeCompare(rank(b.segments)));
  return (method, path) => {
    const segments = path.split('/');
    const allowed = new Set<string>();
    for (const pattern of ordered) {
      const params = matchSegments(pattern.segments, segments);
      if (params === undefined) continue;
      const handler = pattern.handlers.get(method);
      if (handler !== undefined) return { kind: 'found', handler, params };
      for (const known of pattern.handlers.keys()) allowed.add(known);
    }
    return allowed.size === 0 ? { kind: 'none' } : { kind: 'method', allowed: [...allowed].sort() };
  };
}

function rank(segments: readonly string[]): string {
  return segments.map((segment) => (segment.startsWith(':') ? '1' : '0')).join('');
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) {
      if (actual === '') return undefined;
      params[expected.slice(1)] = actual;
    } else if (expected !== actual) return undefined;
  }
  return params;
}
