/** Which module runs a command. Only that one is loaded; what is not listed here is not built. */
import type { Run } from './cub.ts';

const list = (): Promise<Module> => import('./command/list.ts');
const get = (): Promise<Module> => import('./command/get.ts');
const remove = (): Promise<Module> => import('./command/delete.ts');

const create = (): Promise<Module> => import('./command/create.ts');
const update = (): Promise<Module> => import('./command/update.ts');
const plainUpdate = (): Promise<Module> => import('./command/plain-update.ts');
const directoryGet = (): Promise<Module> => import('./command/directory-get.ts');
const directoryList = (): Promise<Module> => import('./command/directory-list.ts');

interface Module {
  readonly run: Run;
}

const MODULES: Readonly<Record<string, () => Promise<Module>>> = {
  'auth get-token': () => import('./command/auth-get-token.ts'),
  'auth login': () => import('./command/auth-login.ts'),
  'changeset create': create,
  'changeset delete': remove,
  'changeset get': get,
  'changeset list': list,
  'changeset update': update,
  'context get': () => import('./command/context-get.ts'),
  'context save': () => import('./command/context-save.ts'),
  'context set': () => import('./command/context-set.ts'),
  'context use': () => import('./command/context-use.ts'),
  'filter create': create,
  'filter delete': remove,
  'filter get': get,
  'filter list': list,
  'filter update': update,
  'function do': () => import('./command/function-do.ts'),
  'function exec': () => import('./command/function-exec.ts'),
  'function explain': () => import('./command/function-explain.ts'),
  'function list': () => import('./command/function-list.ts'),
  info: () => import('./command/info.ts'),
  'invocation create': create,
  'invocation delete': remove,
  'invocation get': get,
  'invocation list': list,
  'invocation update': update,
  'link create': () => import('./command/link-create.ts'),
  'link delete': () => import('./command/link-delete.ts'),
  'link get': get,
  'link list': list,
  'link update': () => import('./command/link-update.ts'),
  'mutation get': () => import('./command/mutation-get.ts'),
  'mutation list': () => import('./command/mutation-list.ts'),
  'organization get': directoryGet,
  'organization list': directoryList,
  'organization-member get': directoryGet,
  'organization-member list': directoryList,
  'revision get': () => import('./command/revision-get.ts'),
  'revision list': () => import('./command/revision-list.ts'),
  run: () => import('./command/run.ts'),
  'set create': create,
  'set delete': remove,
  'set get': get,
  'set list': list,
  'set update': update,
  'space create': () => import('./command/space-create.ts'),
  'space delete': () => import('./command/space-delete.ts'),
  'space new-prefix': () => import('./command/space-new-prefix.ts'),
  'space get': () => import('./command/space-get.ts'),
  'space list': () => import('./command/space-list.ts'),
  'space set': () => import('./command/space-set.ts'),
  'space update': () => import('./command/space-update.ts'),
  'tag create': create,
  'tag delete': remove,
  'tag get': get,
  'tag list': list,
  'tag update': update,
  'target create': () => import('./command/target-create.ts'),
  'target delete': remove,
  'target get': get,
  'target list': list,
  'target update': plainUpdate,
  'trigger create': create,
  'trigger delete': remove,
  'trigger get': get,
  'trigger list': list,
  'trigger update': update,
  'unit apply': () => import('./command/unit-apply.ts'),
  'unit approve': () => import('./command/unit-approve.ts'),
  'unit create': () => import('./command/unit-create.ts'),
  'unit delete': remove,
  'unit destroy': () => import('./command/unit-destroy.ts'),
  'unit diff': () => import('./command/unit-diff.ts'),
  'unit edit': () => import('./command/unit-edit.ts'),
  'unit get': () => import('./command/unit-get.ts'),
  'unit import': () => import('./command/unit-import.ts'),
  'unit list': () => import('./command/unit-list.ts'),
  'unit push-upgrade': () => import('./command/unit-push-upgrade.ts'),
  'unit refresh': () => import('./command/unit-refresh.ts'),
  'unit set-target': () => import('./command/unit-set-target.ts'),
  'unit tag': () => import('./command/unit-tag.ts'),
  'unit tree': () => import('./command/unit-tree.ts'),
  'unit update': () => import('./command/unit-update.ts'),
  'unit-event get': () => import('./command/unit-event-get.ts'),
  'unit-event list': () => import('./command/unit-event-list.ts'),
  upgrade: () => import('./command/upgrade.ts'),
  'user get': directoryGet,
  'user list': directoryList,
  version: () => import('./command/version.ts'),
  'view create': create,
  'view delete': remove,
  'view get': get,
  'view list': list,
  'view update': update,
  'worker create': () => import('./command/worker-create.ts'),
  'worker delete': remove,
  'worker get': () => import('./command/worker-get.ts'),
  'worker get-envs': () => import('./command/worker-get-envs.ts'),
  'worker get-secret': () => import('./command/worker-get-secret.ts'),
  'worker install': () => import('./command/worker-install.ts'),
  'worker list': list,
  'worker list-function': () => import('./command/worker-list-function.ts'),
  'worker list-status': () => import('./command/worker-list-status.ts'),
  'worker update': plainUpdate,
};

/** Undefined if the command is not built. */
export async function loadCommand(command: string): Promise<Run | undefined> {
  if (command.startsWith('run ')) return (await import('./command/run-function.ts')).run;
  return (await MODULES[command]?.())?.run;
}
