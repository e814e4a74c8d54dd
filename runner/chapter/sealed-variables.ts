/**
 * The variables that front matter may not set: those that keep a chapter in its own folders and its own world, and those
 * by which bash, the dynamic loader or Node would run something before the chapter's own commands. A page whose `env:`
 * could set them would reach the reader's own cluster and files unseen; in a block everybody sees it.
 */
const SEALED: Readonly<Record<string, string>> = {
  'its own folders': 'HOME|TMPDIR|XDG_\\w*',
  'its own world': 'KUBECONFIG|CONFIGHUB_URL|PATH',
  'what it shows':
    'BASH_ENV|ENV|BASHOPTS|SHELLOPTS|POSIXLY_CORRECT|LD_\\w*|DYLD_\\w*|NODE_OPTIONS|MTX_DOC_\\w*|__mtx_\\w*',
};

/** What the variable keeps a chapter to; undefined if front matter may set it. */
export function findSeal(name: string): string | undefined {
  return Object.keys(SEALED).find((seal) => new RegExp(`^(?:${SEALED[seal]})$`).test(name));
}
