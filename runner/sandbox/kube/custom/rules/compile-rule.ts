/** Reads one of `x-kubernetes-validations` (apiextensions-apiserver, pkg/apiserver/schema/cel/compilation.go). */
import type { CelNode } from '../../../cel/cel.ts';
import { CelError, CelUnknown } from '../../../cel/error.ts';
import { inferType } from '../../../cel/infer-type.ts';
import { parseCel } from '../../../cel/parse.ts';
import type { CelType } from '../../../cel/types.ts';
import { notImplemented } from '../../errors.ts';

/** A rule as it can be evaluated, or what is wrong with it. */
export type CompiledRule =
  | { readonly kind: 'compiled'; readonly node: CelNode; readonly usesOldSelf: boolean }
  | { readonly kind: 'faulty'; readonly detail: string };

/** Compiles `rule` for values of type `self`. Throws ApiError 501 for what the engine does not have. */
export function compileRule(rule: string, self: CelType): CompiledRule {
  return compile(rule, self, { kind: 'bool', name: 'cel expression', failed: 'compilation failed' });
}

/** Compiles a `messageExpression`, as `compileRule` does. */
export function compileMessage(text: string, self: CelType): CompiledRule {
  const name = 'messageExpression';
  return compile(text, self, { kind: 'string', name, failed: `${name} compilation failed` });
}

interface Wanted {
  readonly kind: CelType['kind'];
  readonly name: string;
  readonly failed: string;
}

function compile(text: string, self: CelType, { kind, name, failed }: Wanted): CompiledRule {
  const faults: string[] = [];
  try {
    const node = parseCel(text);
    const type = inferType({ source: text, faults }, node, scopeOf(self));
    if (faults.length > 0) return { kind: 'faulty', detail: `${failed}: ${faults.join('\n')}` };
    if (type.kind !== kind) return { kind: 'faulty', detail: `${name} must evaluate to a ${kind}` };
    return { kind: 'compiled', node, usesOldSelf: /\boldSelf\b/v.test(text) };
  } catch (error) {
    if (error instanceof CelError) return { kind: 'faulty', detail: `${failed}: ${error.message}` };
    if (error instanceof CelUnknown) throw notImplemented(error.message);
    throw error;
  }
}

/** The variables of a rule. */
export function scopeOf(self: CelType): ReadonlyMap<string, CelType> {
  return new Map([
    ['self', self],
    ['oldSelf', self],
  ]);
}
