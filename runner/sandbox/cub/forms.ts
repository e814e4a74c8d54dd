/** The forms by the first word of a command, loaded one at a time. */
import type { Form } from './form.ts';

const FORMS: Readonly<Record<string, () => Promise<Form>>> = {
  changeset: async () => (await import('./form/changeset.ts')).changesetForm,
  filter: async () => (await import('./form/filter.ts')).filterForm,
  invocation: async () => (await import('./form/invocation.ts')).invocationForm,
  set: async () => (await import('./form/set.ts')).setForm,
  tag: async () => (await import('./form/tag.ts')).tagForm,
  trigger: async () => (await import('./form/trigger.ts')).triggerForm,
  view: async () => (await import('./form/view.ts')).viewForm,
};

/** The form that a command such as `filter create` fills in. */
export async function formOfCommand(command: string): Promise<Form> {
  const load = FORMS[command.split(' ')[0] ?? ''];
  if (load === undefined) throw new Error(`${command} has no form`);
  return load();
}
