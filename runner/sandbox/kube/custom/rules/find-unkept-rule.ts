/** Rules that the emulator would not keep as the API server does. */
import { estimateCost } from '../../../cel/estimate-cost.ts';
import type { JsonObject } from '../../kube.ts';
import { readObjects, readText } from '../../objects/fields.ts';
import { compileMessage, compileRule, scopeOf } from './compile-rule.ts';
import { typeOfSchema } from './schema-types.ts';

/** The server's limit for one rule. Our estimates are above its own, so what they let pass it lets pass too. */
const limit = 10_000_000;

/** Names what is not kept of a schema's own rules; undefined where all is. Throws ApiError 501. `times`: how many such values an object may have. */
export function findUnkeptRule(schema: JsonObject, isRoot: boolean, times: number): string | undefined {
  const rules = readObjects(schema, 'x-kubernetes-validations');
  const self = rules.length === 0 ? undefined : typeOfSchema(schema, isRoot);
  if (rules.length > 0 && self === undefined) return 'x-kubernetes-validations on values without a type';
  for (const rule of rules) {
    if (rule['optionalOldSelf'] !== undefined) return 'optionalOldSelf of x-kubernetes-validations';
    if (self === undefined) continue;
    const [text, message] = [readText(rule, 'rule'), readText(rule, 'messageExpression')];
    const costly = [compileRule(text, self), ...(message === '' ? [] : [compileMessage(message, self)])].some(
      (compiled) =>
        compiled.kind === 'compiled' && estimateCost(compiled.node, scopeOf(self)) * times > limit,
    );
    if (costly)
      return `the cost estimate that ${JSON.stringify(text)} needs: set maxItems, maxProperties and maxLength`;
  }
  return undefined;
}
