/**
 * The sealed environment of a chapter: the one table of what gets in. What is not named here does not reach a command,
 * so a chapter cannot depend on the machine that it was written on.
 */
import { join } from 'node:path';
import type { ChainFolders } from './folders.ts';

type Variables = Readonly<Record<string, string>>;

/** The reader's own variables that pass through if they are set. */
export const passedThrough: readonly string[] = ['USER', 'LOGNAME', 'MTX_PREFIX'];

/** The same for everyone: no locale, time zone, terminal size, colour, pager or history. */
export const fixedVariables: Variables = {
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  COLUMNS: '80',
  LINES: '24',
  TERM: 'dumb',
  NO_COLOR: '1',
  PAGER: 'cat',
  HISTFILE: '/dev/null',
};

/** Set by the shell itself: its marker, in every process that it starts. */
export const markerVariable = 'MTX_DOC_CHAIN';

/** Folders of PATH that belong to the system; others (a version manager's, a project's) stay outside. */
const systemFolders =
  /^(\/usr(\/local)?)?\/s?bin$|^\/opt\/(homebrew|local)\/s?bin$|^\/snap\/bin$|^\/run\/current-system\/sw\/bin$|^\/nix\/var\/nix\/profiles\/default\/bin$/;
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** PATH: the world's own folders first, then the system's as the reader has them. */
function sealPath(basePath: string | undefined, first: readonly string[]): string {
  const system = (basePath ?? '').split(':').filter((folder) => systemFolders.test(folder));
  return [...first, ...(system.length > 0 ? system : [defaultPath])].join(':');
}

function folderVariables({ home, temp }: ChainFolders): Variables {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: temp,
    TMPDIR: temp,
    KUBECONFIG: join(home, '.kube', 'config'),
  };
}

/** What a chapter's shell starts with. Later sources win: fixed, folders, passed through, the world, front matter. */
export function sealEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  folders: ChainFolders,
  given: { readonly world: Variables; readonly path: readonly string[]; readonly chapter: Variables },
): Variables {
  const passed = passedThrough.flatMap((name) => {
    const value = base[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...fixedVariables,
    ...folderVariables(folders),
    ...Object.fromEntries(passed),
    ...given.world,
    ...given.chapter,
    PATH: sealPath(base['PATH'], given.path),
  };
}

/** How secrets are called, as bash patterns of nothing but letters and `*`. */
const secretPatterns: readonly string[] = ['*TOKEN*', '*SECRET*', '*PASSWORD*', '*_KEY'];

/** The extended bash pattern of the names of variables whose values are secrets; declared names match themselves. */
export function writeSecretPattern(declared: readonly string[]): string {
  return `@(${[...secretPatterns, ...declared].join('|')})`;
}

/** Tells whether a variable of that name holds a secret. */
export function nameSecrets(declared: readonly string[]): (name: string) => boolean {
  const parts = [...secretPatterns, ...declared].map((pattern) => pattern.replaceAll('*', '.*'));
  const pattern = new RegExp(`^(?:${parts.join('|')})$`);
  return (name) => pattern.test(name);
}

/** Values that no sink may show: of variables named as secrets by the chapter or by their own name. */
export function findSecrets(environment: Variables, declared: readonly string[]): readonly string[] {
  const isSecret = nameSecrets(declared);
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== '' && isSecret(name) ? [value] : [],
  );
}
