/** Invocations: a function with its arguments, under a name. */
import type { Form } from '../form.ts';
import { parseArguments } from '../function-arguments.ts';
import { invocationKind } from '../kind/invocation.ts';
import { workerField } from './fields.ts';

const WORDS = '<slug> <toolchain type> <function> [arguments...]';

export const invocationForm: Form = {
  kind: invocationKind,
  create: { least: 3, complaint: `single invocation creation requires: ${WORDS}` },
  update: { least: 3, complaint: `single invocation update requires: ${WORDS}` },
  flagFields: workerField,
  wordFields: (call, [ToolchainType, FunctionName, ...values]) => {
    const keeps = call.flags.on('patch') && values.length === 0;
    const fields = { ToolchainType, FunctionName };
    return Promise.resolve(keeps ? fields : { ...fields, Arguments: parseArguments(values) });
  },
};
