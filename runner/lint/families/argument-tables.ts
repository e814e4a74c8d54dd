/** Which commands need which words or flags. Data only. */

const SEVERAL = ['where', 'filter'];

/** Commands that work on one entity by name, or on those that one of these flags selects. */
export const SELECTORS: Readonly<Record<string, readonly string[]>> = {
  'unit apply': ['unit', ...SEVERAL],
  'unit approve': ['unit', ...SEVERAL],
  'unit delete': ['unit', 'where'],
  'space delete': ['where', 'space'],
  ...Object.fromEntries(
    ['changeset', 'filter', 'invocation', 'link', 'tag', 'target', 'trigger', 'view', 'worker'].map(
      (kind) => [`${kind} delete`, [kind, 'where']],
    ),
  ),
};

/** The least number of words, where there are any. */
export const WORD_COUNTS: Readonly<Record<string, number>> = {
  'filter create': 2,
  'invocation create': 3,
  'link create': 3,
  'link update': 3,
  'target create': 2,
  'trigger create': 4,
  'trigger update': 4,
  'view create': 2,
};

interface Needs {
  /** One of them will do. */
  readonly flags?: readonly string[];
  /** So many words will do as well. */
  readonly words?: number;
  readonly what: string;
}

const FILES = ['filename', 'kustomize'];

export const KUBECTL_NEEDS: Readonly<Record<string, Needs>> = {
  apply: { flags: FILES, what: 'a manifest by `-f` or `-k`' },
  create: { flags: [...FILES, 'raw'], what: 'a manifest by `-f` or `-k`, or a kind of resource' },
  delete: { flags: [...FILES, 'raw'], words: 1, what: 'resources, or a manifest by `-f` or `-k`' },
  describe: { flags: FILES, words: 1, what: 'a kind of resource' },
  get: { flags: [...FILES, 'raw'], words: 1, what: 'a kind of resource' },
  replace: { flags: [...FILES, 'raw'], what: 'a manifest by `-f` or `-k`' },
  scale: { flags: ['replicas'], what: '`--replicas`' },
  wait: { flags: ['for'], what: '`--for`' },
  patch: { flags: ['patch', 'patch-file'], what: 'a patch by `-p`' },
  logs: { flags: ['selector'], words: 1, what: 'a pod, or a selector by `-l`' },
  run: { flags: ['image'], what: '`--image`' },
  'rollout status': { flags: [...FILES, 'selector'], words: 1, what: 'a resource such as `deployment/web`' },
  'rollout restart': { flags: [...FILES, 'selector'], words: 1, what: 'a resource such as `deployment/web`' },
  'rollout undo': { flags: [...FILES, 'selector'], words: 1, what: 'a resource such as `deployment/web`' },
  'set image': { flags: FILES, words: 2, what: 'a resource, and `CONTAINER=IMAGE`' },
  'port-forward': { flags: [], words: 2, what: 'a resource and a port' },
  'create namespace': { flags: [], words: 1, what: 'a name' },
  'create deployment': { flags: [], words: 1, what: 'a name' },
  'create configmap': { flags: [], words: 1, what: 'a name' },
};
