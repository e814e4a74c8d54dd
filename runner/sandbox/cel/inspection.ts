/** What is found wrong with an expression while its types are inferred. */
import type { CelNode } from './cel.ts';
import { faultAt } from './error.ts';
import { type CelType, DYN, isOf, showType } from './types.ts';

/** The types of variables. */
export type TypeScope = ReadonlyMap<string, CelType>;

/** An expression that is being looked at; what is found wrong is collected, not thrown. */
export interface Inspection {
  readonly source: string;
  readonly faults: string[];
}

/** Notes a fault. */
export function refuse({ source, faults }: Inspection, at: number, message: string): CelType {
  faults.push(faultAt(source, at, message).message);
  return DYN;
}

/** Notes that there is no such operator or function for these types. */
export function refuseOverload(inspection: Inspection, at: number, name: string, shown: string): CelType {
  return refuse(inspection, at, `found no matching overload for '${name}' applied to '${shown}'`);
}

/** Notes an expression that is no boolean. */
export function requireBoolean(inspection: Inspection, node: CelNode, type: CelType): void {
  if (!isOf(type, 'bool')) refuse(inspection, node.at, `expected type 'bool' but found '${showType(type)}'`);
}
