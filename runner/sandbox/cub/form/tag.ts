/** Tags have a name and nothing else. */
import type { Form } from '../form.ts';
import { tagKind } from '../kind/tag.ts';

export const tagForm: Form = {
  kind: tagKind,
  create: { least: 1, complaint: 'single tag creation requires: <slug>' },
  update: {
    least: 1,
    exactly: true,
    complaint: 'single tag update requires exactly one argument: <slug or id>',
  },
  flagFields: () => Promise.resolve({}),
};
