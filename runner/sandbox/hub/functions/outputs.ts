/** Puts the outputs of several functions together, as far as they are of one type. */
import type { FunctionResult, ValidationResult } from './functions.ts';

/** What the sequence has said so far. */
export interface Output {
  readonly value: FunctionResult['output'];
  readonly type: string;
}

/** One more function's output and where it comes from. */
export interface NewOutput extends Output {
  readonly functionName: string;
  readonly index: number;
  readonly unitId: string;
  readonly combine: boolean;
}

const LISTS: readonly string[] = ['AttributeValueList', 'ResourceInfoList', 'ResourceList'];

/** The output after another one; what cannot be put together is a message in `messages`. */
export function addOutput(before: Output | undefined, added: NewOutput, messages: string[]): Output {
  if (before !== undefined && before.type !== added.type) {
    messages.push(`functions with incompatible output types; output of ${added.unitId} discarded`);
    return before;
  }
  if (added.type === 'ValidationResult') return addVerdict(before, added, messages);
  if (before === undefined) return { value: added.value, type: added.type };
  if (LISTS.includes(added.type))
    return { ...before, value: [...(before.value as unknown[]), ...(added.value as unknown[])] };
  messages.push(`functions with unmergeable output types; output of ${added.unitId} discarded`);
  return before;
}

function addVerdict(before: Output | undefined, added: NewOutput, messages: string[]): Output {
  const verdict = added.value as ValidationResult;
  const { functionName, index, unitId, combine, type } = added;
  if (!verdict.Passed) messages.push(`function failed: ${functionName} at ${index} on ${unitId}`);
  if (!combine) {
    const earlier = (before?.value ?? []) as readonly ValidationResult[];
    return { value: [...earlier, { ...verdict, Index: index }], type };
  }
  const earlier = before?.value as ValidationResult | undefined;
  const details = [...(verdict.Details ?? []), ...(earlier?.Details ?? [])];
  return {
    value: {
      ...verdict,
      Passed: verdict.Passed && (earlier?.Passed ?? true),
      ...(details.length === 0 ? {} : { Details: details }),
    },
    type,
  };
}
