/** Which module runs a command. Only that one is loaded; what is not listed here is not built. */
import type { Run } from './cub.ts';

const list = (): Promise<Module> => import('./command/list.ts');
const get = (): Promise<Module> => import('./command/get.ts');
const remove = (): Promise<Module> => import('./command/delete.ts');

interface Module {
  readonly run: Run;
}

const MODULES: Readonly<Record<string, () => Promise<Module>>> = {
  'auth get-token': () => import('./command/auth-get-token.ts'),
  'auth login': () => import('./command/auth-login.ts'),
  'changeset create': () => import('./command/changeset-create.ts'),
  'changeset delete': remove,
  'changeset get': get,
  'changeset list': list,
  'context get': () => import('./command/context-get.ts'),
  'context save': () => import('./command/context-save.ts'),
  'context set': () => import('./command/context-set.ts'),
  'context use': () => import('./command/context-use.ts'),
  'filter create': () => import('./command/filter-create.ts'),
  'filter delete': remove,
  'filter get': get,
  'filter list': list,
  'function do': () => import('./command/function-do.ts'),
  'function list': () => import('./command/function-list.ts'),
  info: () => import('./command/info.ts'),
  'link create': () => import('./command/link-create.ts'),
  'link delete': () => import('./command/link-delete.ts'),
  'link get': get,
  'link list': list,
  'mutation get': () => import('./command/mutation-get.ts'),
  'mutation list': () => import('./command/mutation-list.ts'),
  'revision get': () => import('./command/revision-get.ts'),
  'revision list': () => import('./command/revision-list.ts'),
  'space create': () => import('./command/space-create.ts'),
  'space delete': () => import('./command/space-delete.ts'),
  'space get': () => import('./command/space-get.ts'),
  'space list': () => import('./command/space-list.ts'),
  'space set': () => import('./command/space-set.ts'),
  'space update': () => import('./command/space-update.ts'),
  'tag create': () => import('./command/tag-create.ts'),
  'tag delete': remove,
  'tag get': get,
  'tag list': list,
  'target create': () => import('./command/target-create.ts'),
  'target delete': remove,
  'target get': get,
  'target list': list,
  'trigger create': () => import('./command/trigger-create.ts'),
  'trigger delete': remove,
  'trigger get': get,
  'trigger list': list,
  'unit apply': () => import('./command/unit-apply.ts'),
  'unit approve': () => import('./command/unit-approve.ts'),
  'unit create': () => import('./command/unit-create.ts'),
  'unit delete': remove,
  'unit destroy': () => import('./command/unit-destroy.ts'),
  'unit diff': () => import('./command/unit-diff.ts'),
  'unit get': () => import('./command/unit-get.ts'),
  'unit list': () => import('./command/unit-list.ts'),
  'unit push-upgrade': () => import('./command/unit-push-upgrade.ts'),
  'unit refresh': () => import('./command/unit-refresh.ts'),
  'unit set-target': () => import('./command/unit-set-target.ts'),
  'unit update': () => import('./command/unit-update.ts'),
  'unit-event get': () => import('./command/unit-event-get.ts'),
  'unit-event list': () => import('./command/unit-event-list.ts'),
  version: () => import('./command/version.ts'),
  'worker create': () => import('./command/worker-create.ts'),
  'worker delete': remove,
  'worker get': () => import('./command/worker-get.ts'),
  'worker get-envs': () => import('./command/worker-get-envs.ts'),
  'worker get-secret': () => import('./command/worker-get-secret.ts'),
  'worker install': () => import('./command/worker-install.ts'),
  'worker list': list,
};

/** Undefined if the command is not built. */
export async function loadCommand(command: string): Promise<Run | undefined> {
  return (await MODULES[command]?.())?.run;
}
