/**
 * Every call in fixtures/functions/recorded-calls.json was made with the original function library; what it answered is the expectation:
 * the lines that went and came, the output, the messages. Attribute values are shortened to type, name, path, data type, value.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { invokeFunctions } from '../../../../../runner/sandbox/hub/functions/engine.ts';
import type {
  AttributeValue,
  FunctionArgument,
  FunctionInvocation,
} from '../../../../../runner/sandbox/hub/functions/functions.ts';

type Argument = string | number | boolean | null | Readonly<Record<string, unknown>>;

interface Recorded {
  readonly on: string;
  readonly call: readonly (readonly Argument[])[];
  readonly stopOnError?: boolean;
  readonly numFilters?: number;
  readonly combineResults?: boolean;
  readonly minus?: readonly string[];
  readonly plus?: readonly string[];
  readonly output?: unknown;
  readonly messages?: readonly string[];
  readonly success?: boolean;
}

const CONTEXT = {
  unitId: '22222222-2222-4222-8222-222222222222',
  unitSlug: 'my-unit',
  spaceId: '11111111-1111-4111-8111-111111111111',
  spaceSlug: 'My_Space',
  contentHash: 0,
  approvedBy: [],
};

const recorded = JSON.parse(read('recorded-calls.json')) as readonly Recorded[];

describe('functions answer as the original', () => {
  test.each(recorded.map((one) => [`${one.on}: ${JSON.stringify(one.call).slice(0, 120)}`, one] as const))(
    '%s',
    (_, one) => {
      const data = one.on === 'empty' ? '' : read(`${one.on}.yaml`);
      const result = invokeFunctions({
        context: CONTEXT,
        data,
        liveState: '',
        castStrings: true,
        stopOnError: one.stopOnError === true,
        numFilters: one.numFilters ?? 0,
        combineResults: one.combineResults === true,
        invocations: one.call.map(toInvocation),
      });
      expect(result.messages).toEqual(one.messages ?? []);
      expect(result.success).toBe(one.success ?? true);
      expect(shorten(result.output)).toEqual(one.output ?? null);
      expect(lostLines(data, result.data)).toEqual(one.minus ?? []);
      expect(lostLines(result.data, data)).toEqual(one.plus ?? []);
      if (one.minus === undefined) expect(result.data).toBe(data);
    },
  );
});

function read(name: string): string {
  return readFileSync(new URL(`../../../../fixtures/functions/${name}`, import.meta.url), 'utf8');
}

function toInvocation([name, ...given]: readonly Argument[]): FunctionInvocation {
  return { FunctionName: typeof name === 'string' ? name : '', Arguments: given.flatMap(toArguments) };
}

function toArguments(argument: Argument): FunctionArgument[] {
  if (typeof argument !== 'object' || argument === null) return [{ Value: argument }];
  return Object.entries(argument).map(([ParameterName, Value]) => ({ ParameterName, Value }));
}

function shorten(output: unknown): unknown {
  if (!Array.isArray(output)) return output;
  return output.map((item: AttributeValue) =>
    'Path' in item
      ? [
          item.ResourceType,
          item.ResourceName,
          item.Path,
          item.DataType,
          item.Value,
          ...(item.Comment === undefined ? [] : [item.Comment]),
        ]
      : item,
  );
}

/** The lines of `before` that `after` does not have, as often as they are missing. */
function lostLines(before: string, after: string): string[] {
  const left = after.split('\n');
  return before.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
