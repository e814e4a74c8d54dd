/** Sets have a name and nothing else; they are changed one at a time. */
import type { Form } from '../form.ts';
import { setKind } from '../kind/set.ts';

export const setForm: Form = {
  kind: setKind,
  create: { least: 1, complaint: '' },
  update: { least: 1, complaint: '' },
  flagFields: () => Promise.resolve({}),
};
