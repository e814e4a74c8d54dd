/** `mtx-doc site dev`: a vite server whose middleware renders the page that is asked for, from the files as they are now. */
import type { ServerResponse } from 'node:http';
import { relative, resolve, sep } from 'node:path';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { openSite, type BuildOptions } from '../build-site.ts';
import { SiteError } from '../load/site-error.ts';
import { renderTrouble } from './render-trouble.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  xml: 'application/xml',
  md: 'text/plain',
  sh: 'text/plain',
  txt: 'text/plain',
};

/** Serves until the process ends. */
export async function serveSite(options: BuildOptions): Promise<void> {
  const server = await createServer({
    configFile: false,
    root: resolve(options.cwd, options.from),
    appType: 'custom',
    logLevel: 'warn',
    server: { host: '127.0.0.1' },
    plugins: [pagesOnRequest(options)],
  });
  await server.listen();
  process.stdout.write(`${server.resolvedUrls?.local[0] ?? ''}\n`);
}

/** Editors empty a file before they fill it: a reload waits until both were seen. */
const SETTLED_MS = 15;

/**
 * Reads the course for each request, which takes as long as what changed: what a page shows never depends on whether
 * the watcher saw the last save. The watcher only reloads the browser.
 */
function pagesOnRequest(options: BuildOptions): Plugin {
  let timer: NodeJS.Timeout | undefined;
  const reload = (server: ViteDevServer, file: string): void => {
    if (!isSource(file, options)) return;
    clearTimeout(timer);
    timer = setTimeout(() => server.ws.send({ type: 'full-reload' }), SETTLED_MS);
  };
  return {
    name: 'mtx-doc-pages',
    configureServer(server) {
      server.watcher.add([resolve(options.cwd, options.from), resolve(options.cwd, options.report)]);
      server.watcher.on('all', (_event, file) => reload(server, file));
      server.middlewares.use((request, response, next) => {
        const base = `http://${request.headers.host ?? 'localhost'}/`;
        const path = readPath(request.url ?? '/', base);
        if (path === undefined) {
          send(response, 400, 'wrong.txt', 'The address has a % that is no escape.\n');
          return;
        }
        if (path.startsWith('@') || path.startsWith('node_modules/')) {
          next();
          return;
        }
        void answer(path, { ...options, base }, response, next);
      });
    },
  };
}

/** Undefined for an address that cannot be read. */
function readPath(url: string, base: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, base).pathname).slice(1) || 'index.html';
  } catch {
    return undefined;
  }
}

/** What cannot be built is shown in the page's place. */
async function answer(
  path: string,
  options: BuildOptions,
  response: ServerResponse,
  fail: (error: unknown) => void,
): Promise<void> {
  try {
    const { files, save } = await openSite({ ...options, requireReport: false });
    save();
    const file = files.find((each) => each.path === path);
    const shown = file ?? files.find((each) => each.path === '404.html');
    send(response, file === undefined ? 404 : 200, shown?.path ?? '', shown?.render() ?? '');
  } catch (error) {
    if (error instanceof SiteError) send(response, 500, 'trouble.html', renderTrouble(error));
    else fail(error);
  }
}

function send(response: ServerResponse, status: number, path: string, content: string): void {
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';
  response.statusCode = status;
  response.setHeader('content-type', `${type}; charset=utf-8`);
  response.end(type === 'text/html' ? withReload(content) : content);
}

function isSource(file: string, { cwd, from, report }: BuildOptions): boolean {
  if (file === resolve(cwd, report)) return true;
  const inside = relative(resolve(cwd, from), file);
  return file.endsWith('.md') && !inside.startsWith('..') && !inside.startsWith(sep);
}

/** The policy of a published page refuses vite's own script, so it is left out here. */
function withReload(page: string): string {
  return page
    .replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace('</head>', '<script type="module" src="/@vite/client"></script></head>');
}
