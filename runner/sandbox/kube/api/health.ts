/**
 * `/healthz`, `/livez` and `/readyz` with the checks that a real API server names. All of this one's parts live in one
 * process, so a check that can be asked for has passed.
 */
import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import checks from '../data/health-checks.json' with { type: 'json' };
import { noSuchPath } from '../errors.ts';
import { respondText } from './respond.ts';

const afterEtcd = checks.all.indexOf('etcd') + 1;
const checksOf: Readonly<Record<string, readonly string[]>> = {
  healthz: checks.all,
  livez: checks.all,
  readyz: [
    ...checks.all.slice(0, afterEtcd),
    ...checks.readyAfterEtcd,
    ...checks.all.slice(afterEtcd),
    ...checks.readyAtTheEnd,
  ],
};

/** Every path that answers, as `/` lists them. */
export const healthPaths: readonly string[] = Object.entries(checksOf).flatMap(([root, names]) => [
  `/${root}`,
  ...names.map((name) => `/${root}/${name}`).toSorted(),
]);

/** Whether a path asks for the server's health. */
export function isHealthPath(path: string): boolean {
  return path
    .slice(1)
    .split('/', 1)
    .some((root) => Object.hasOwn(checksOf, root));
}

/** The verdict, with `?verbose` check by check. Throws ApiError 404 for a check that there is not. */
export function serveHealth({ path, query }: HttpRequest): HttpResponse {
  const [root = '', ...parts] = path.slice(1).split('/');
  const names = checksOf[root] ?? [];
  if (parts.length > 0 && !names.includes(parts.join('/'))) throw noSuchPath();
  if (parts.length > 0 || !query.has('verbose')) return respondText(200, 'ok');
  const excluded = new Set(query.getAll('exclude'));
  const lines = names.map((name) => `[+]${name} ${excluded.has(name) ? 'excluded: ok' : 'ok'}\n`);
  const unknown = [...excluded]
    .filter((name) => !names.includes(name))
    .toSorted()
    .map((name) => JSON.stringify(name));
  const warning = `warn: some health checks cannot be excluded: no matches for ${unknown.join(',')}\n`;
  const warnings = unknown.length === 0 ? [] : [warning];
  return respondText(200, [...lines, ...warnings, `${root} check passed\n`].join(''));
}
