/** The words of apimachinery's field errors. */
import type { FieldProblem } from '../errors.ts';
import type { Json } from '../kube.ts';

/** `Required value`, with more where the server says more. */
export function required(field: string, detail = ''): FieldProblem {
  return {
    reason: 'FieldValueRequired',
    field,
    message: detail === '' ? 'Required value' : `Required value: ${detail}`,
  };
}

/** `Invalid value: …: detail`; composite values print as JSON. */
export function invalidValue(field: string, value: Json, detail: string): FieldProblem {
  return {
    reason: 'FieldValueInvalid',
    field,
    message: `Invalid value: ${JSON.stringify(value)}: ${detail}`,
  };
}

/** `Duplicate value: …`. */
export function duplicate(field: string, value: Json): FieldProblem {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${JSON.stringify(value)}` };
}

/** `Not found: …`. */
export function missing(field: string, value: Json): FieldProblem {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${JSON.stringify(value)}` };
}

/** `Unsupported value: …: supported values: …`, in the order given. */
export function unsupported(field: string, value: Json, supported: readonly string[]): FieldProblem {
  const list = supported.map((item) => JSON.stringify(item));
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${list.join(', ')}`;
  return { reason: 'FieldValueNotSupported', field, message };
}

/** `Forbidden: detail`. */
export function forbiddenField(field: string, detail: string): FieldProblem {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${detail}` };
}

/** `Too long: may not be more than N …`. */
export function tooLong(field: string, limit: number, unit = 'bytes'): FieldProblem {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${limit} ${unit}` };
}
