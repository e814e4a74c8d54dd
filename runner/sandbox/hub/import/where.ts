/** The where expressions of imports: the grammar of where-data, but only equality, and `import.NAME = VALUE` sets an option. */
import { badRequest } from '../errors.ts';
import { FunctionFailure } from '../functions/failure.ts';
import { parseWhereData } from '../where-data/parse.ts';
import type { DataCondition } from '../where-data/where-data.ts';
import type { ImportFilter } from './import.ts';

const OPERATORS: Readonly<Record<string, ImportFilter['Operator']>> = {
  '=': 'include',
  '!=': 'exclude',
  IN: 'include',
  'NOT IN': 'exclude',
};
const OPTION = 'import.';

/** Filters and options of an expression; none of a blank one. Throws 400 with the original library's words. */
export function parseImportWhere(text: string): {
  readonly filters: readonly ImportFilter[];
  readonly options: Readonly<Record<string, string | boolean>>;
} {
  const conditions = parse(text);
  const isOption = ({ path }: DataCondition): boolean => path.startsWith(OPTION);
  return {
    filters: conditions.filter((condition) => !isOption(condition)).map(toFilter),
    options: Object.fromEntries(conditions.filter(isOption).map(toOption)),
  };
}

function parse(text: string): DataCondition[] {
  try {
    const conditions = parseWhereData(text);
    const bad = conditions.find(({ operator }) => !Object.hasOwn(OPERATORS, operator));
    if (bad === undefined) return conditions;
    const supported = `[${Object.keys(OPERATORS).join(' ')}]`;
    throw new FunctionFailure(
      `operator '${bad.operator}' is not supported for import queries. Supported operators: ${supported}`,
    );
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    throw badRequest(`failed to parse where filter: ${error.message}`);
  }
}

function toFilter({ path, ifPresent, operator, literal }: DataCondition): ImportFilter {
  return {
    Type: ifPresent === undefined ? path : `${path}.|${ifPresent}`,
    Operator: OPERATORS[operator] ?? 'include',
    Values: operator.endsWith('IN')
      ? literal.slice(1, -1).split(',').map(unquote).filter(Boolean)
      : [unquote(literal)],
  };
}

function toOption({ path, operator, literal, type }: DataCondition): [string, string | boolean] {
  if (operator !== '=')
    throw badRequest(
      `failed to handle import option '${path}': import options only support '=' operator, got '${operator}'`,
    );
  return [path.slice(OPTION.length), type === 'bool' ? literal === 'true' : unquote(literal)];
}

function unquote(literal: string): string {
  return literal.trim().replaceAll(/^'+|'+$/g, '');
}
