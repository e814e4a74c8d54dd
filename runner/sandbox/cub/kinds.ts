/** The kinds by the first word of a command, loaded one at a time. */
import type { Kind } from './kind.ts';

const KINDS: Readonly<Record<string, () => Promise<Kind>>> = {
  changeset: async () => (await import('./kind/changeset.ts')).changesetKind,
  filter: async () => (await import('./kind/filter.ts')).filterKind,
  invocation: async () => (await import('./kind/invocation.ts')).invocationKind,
  link: async () => (await import('./kind/link.ts')).linkKind,
  set: async () => (await import('./kind/set.ts')).setKind,
  tag: async () => (await import('./kind/tag.ts')).tagKind,
  target: async () => (await import('./kind/target.ts')).targetKind,
  trigger: async () => (await import('./kind/trigger.ts')).triggerKind,
  unit: async () => (await import('./kind/unit.ts')).unitKind,
  view: async () => (await import('./kind/view.ts')).viewKind,
  worker: async () => (await import('./kind/worker.ts')).workerKind,
};

/** The kind that a command such as `filter list` is about. */
export async function kindOfCommand(command: string): Promise<Kind> {
  const load = KINDS[command.split(' ')[0] ?? ''];
  if (load === undefined) throw new Error(`${command} is about no kind of entity`);
  return load();
}
