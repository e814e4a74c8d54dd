/** `cel-validate`: an expression in CEL that each resource, named `r`, must fulfil. */
import { parse, visit } from 'yaml';
import { BOOLEAN, KUBERNETES_YAML } from '../../../text/yaml-scalars.ts';
import { checkNames, isBoolean } from '../../cel/check.ts';
import { CelError, CelUnknown } from '../../cel/error.ts';
import { evaluate } from '../../cel/evaluate.ts';
import { parseCel } from '../../cel/parse.ts';
import type { CelNode, CelValue } from '../../cel/cel.ts';
import { toCel } from '../../cel/values.ts';
import { notImplemented } from '../errors.ts';
import { Failures, FunctionFailure } from './failure.ts';
import type { ValidationResult } from './functions.ts';
import type { FunctionCall } from './implementation.ts';
import type { ConfigDocument } from './nodes.ts';
import { textArgument } from './read-arguments.ts';
import { renderData, resourceName } from './resource.ts';

/** Passes if the expression is true for every resource; an error is not "false" but a failure. */
export function validateByCel(call: FunctionCall): ValidationResult {
  const expression = textArgument(call, 0);
  const node = compile(expression);
  const details: string[] = [];
  const failures = new Failures();
  for (const doc of call.documents)
    failures.attempt(() => {
      const name = resourceName(doc);
      const scope = new Map([['r', readResource(doc)]]);
      const value = attempt(
        () => evaluate(node, scope),
        `validation expression ${expression} resulted in error on resource ${name}: `,
      );
      if (value !== true) details.push(`resource ${name} failed validation expression ${expression}`);
    });
  const failed = { Passed: false, Index: 0, ...(details.length === 0 ? {} : { Details: details }) };
  failures.rethrow({ output: failed });
  return details.length === 0 ? { Passed: true, Index: 0 } : failed;
}

/** The original hands the resource to the expression as Kubernetes' own reader sees it. */
function readResource(doc: ConfigDocument): CelValue {
  try {
    return toCel(isReadAlike(doc) ? doc.document.toJS() : parse(renderData([doc]), KUBERNETES_YAML));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new FunctionFailure(`error converting YAML to JSON: ${error.message}`);
  }
}

/** Whether Kubernetes reads all of it as the hub does, so that it need not be read once more. */
function isReadAlike({ document }: ConfigDocument): boolean {
  let isAlike = true;
  visit(document, {
    Scalar: (_, { type, value }) => {
      if (type === 'PLAIN' && typeof value === 'string' && (value === '<<' || BOOLEAN.test(value)))
        isAlike = false;
      return isAlike ? undefined : visit.BREAK;
    },
  });
  return isAlike;
}

function compile(expression: string): CelNode {
  const node = attempt(() => {
    const parsed = parseCel(expression);
    checkNames(expression, parsed, new Set(['r']));
    return parsed;
  }, `failed to compile expression ${expression}: `);
  if (!isBoolean(node)) throw new FunctionFailure(`expression ${expression} does not evaluate to a boolean`);
  return node;
}

function attempt<T>(work: () => T, prefix: string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CelUnknown) throw notImplemented(error.message);
    throw error instanceof CelError ? new FunctionFailure(prefix + error.message) : error;
  }
}
