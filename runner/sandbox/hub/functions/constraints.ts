/** What an argument's value must fulfil: type, range, regular expression, enumeration. Texts are the original's. */
import { FunctionFailure } from './failure.ts';
import type { Parameter } from './signature.ts';

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** A text argument, turned into an integer or a boolean where the parameter wants one. Throws FunctionFailure. */
export function checkText(
  parameter: Parameter,
  name: string,
  value: string,
  castStrings: boolean,
): string | number | boolean {
  const { DataType, Regexp, EnumValues } = parameter;
  if (DataType === 'int' || DataType === 'bool') {
    if (!castStrings)
      throw new FunctionFailure(`argument ${name} data type ${DataType} is not of a string type`);
    return DataType === 'int' ? checkNumber(parameter, name, castInt(name, value)) : castBool(name, value);
  }
  if (Regexp !== undefined && !matchesRe2(Regexp, value))
    throw new FunctionFailure(`value ${value} for argument ${name} failed to match ${Regexp}`);
  if (Regexp === undefined && DataType === 'enum' && EnumValues !== undefined && !EnumValues.includes(value))
    throw new FunctionFailure(
      `value ${value} for argument ${name} is not in enum values [${EnumValues.join(' ')}]`,
    );
  return value;
}

/** An integer argument within its range. Throws FunctionFailure. */
export function checkNumber({ Min, Max }: Parameter, name: string, value: number): number {
  if ((Min !== undefined && value < Min) || (Max !== undefined && value > Max))
    throw new FunctionFailure(`argument ${name} value ${value} is out of range [${Min ?? ''},${Max ?? ''}]`);
  return value;
}

function castInt(name: string, value: string): number {
  const isDecimal = /^[+-]?\d+$/.test(value);
  if (isDecimal && Number.isSafeInteger(Number(value))) return Number(value);
  const reason = isDecimal ? 'value out of range' : 'invalid syntax';
  throw new FunctionFailure(
    `cannot convert argument ${name} value ${value} to int: strconv.Atoi: parsing ${JSON.stringify(value)}: ${reason}`,
  );
}

function castBool(name: string, value: string): boolean {
  if (TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  throw new FunctionFailure(
    `cannot convert argument ${name} value ${value} to bool: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
  );
}

/** The registry's own expressions are written for RE2; they differ from JavaScript's in how groups are named. */
function matchesRe2(source: string, value: string): boolean {
  return new RegExp(source.replaceAll('(?P<', '(?<')).test(value);
}
