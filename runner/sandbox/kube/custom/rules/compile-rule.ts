/** Reads one of `x-kubernetes-validations` (apiextensions-apiserver, pkg/apiserver/schema/cel/compilation.go). */
import type { CelNode } from '../../../cel/cel.ts';
import { CelError, CelUnknown } from '../../../cel/error.ts';
import { inferType } from '../../../cel/infer-type.ts';
import { parseCel } from '../../../cel/parse.ts';
import { type CelType, isOf } from '../../../cel/types.ts';
import { notImplemented } from '../../errors.ts';

/** A rule as it can be evaluated, or what is wrong with it. */
export type CompiledRule =
  | { readonly kind: 'compiled'; readonly node: CelNode; readonly usesOldSelf: boolean }
  | { readonly kind: 'faulty'; readonly detail: string };

/** Compiles `rule` for values of type `self`. Throws ApiError 501 for what the engine does not have. */
export function compileRule(rule: string, self: CelType): CompiledRule {
  const faults: string[] = [];
  try {
    const node = parseCel(rule);
    const type = inferType({ source: rule, faults }, node, scopeOf(self));
    if (faults.length > 0) return failed(faults.join('\n'));
    if (!isOf(type, 'bool')) return { kind: 'faulty', detail: 'cel expression must evaluate to a bool' };
    return { kind: 'compiled', node, usesOldSelf: /\boldSelf\b/v.test(rule) };
  } catch (error) {
    if (error instanceof CelError) return failed(error.message);
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

function failed(words: string): CompiledRule {
  return { kind: 'faulty', detail: `compilation failed: ${words}` };
}
