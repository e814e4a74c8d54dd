/** Triggers: on which event which function runs. */
import type { Entity, Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import type { Form } from '../form.ts';
import { parseArguments } from '../function-arguments.ts';
import { triggerKind } from '../kind/trigger.ts';
import { workerField } from './fields.ts';

const WORDS = '<slug> <event> <config type> <function> [arguments...]';

export const triggerForm: Form = {
  kind: triggerKind,
  create: { least: 4, complaint: `single trigger creation requires: ${WORDS}` },
  update: { least: 4, complaint: `single trigger update requires: ${WORDS}` },
  check: (call) => {
    for (const [on, off] of SWITCHES)
      if (call.flags.on(on) && call.flags.on(off))
        throw new Failure(`--${on} and --${off} flags are mutually exclusive`);
  },
  flagFields: async (call) => ({ ...switchFields(call), ...(await workerField(call)) }),
  wordFields: (call, [Event, ToolchainType, FunctionName, ...values]) => {
    const keeps = call.flags.on('patch') && values.length === 0;
    const fields = { Event, ToolchainType, FunctionName };
    return Promise.resolve(keeps ? fields : { ...fields, Arguments: parseArguments(values) });
  },
};

const SWITCHES = [
  ['disable', 'enable', 'Disabled'],
  ['enforce', 'unenforce', 'Enforced'],
] as const;

function switchFields(call: Invocation): Entity {
  const fields: Record<string, boolean> = {};
  for (const [on, off, field] of SWITCHES)
    if (call.flags.on(on) || call.flags.on(off)) fields[field] = call.flags.on(on);
  return fields;
}
