/** The registry of functions: what each is called, takes and returns. The data is the wire's own FunctionSignature. */
import registry from '../data/functions.json' with { type: 'json' };

/** One parameter with its constraints. */
export interface Parameter {
  readonly ParameterName: string;
  readonly Required: boolean;
  readonly DataType: string;
  readonly Regexp?: string;
  readonly Min?: number;
  readonly Max?: number;
  readonly EnumValues?: readonly string[];
}

/** The part of a FunctionSignature that running a function needs. */
export interface Signature {
  readonly FunctionName: string;
  readonly Parameters: readonly Parameter[] | null;
  readonly RequiredParameters: number;
  /** The last parameter may be repeated. */
  readonly VarArgs: boolean;
  readonly OutputInfo: { readonly OutputType: string } | null;
  readonly Mutating: boolean;
  readonly Validating: boolean;
  readonly FunctionType: string;
  readonly AttributeName?: string;
}

/** All signatures by function name. */
export const SIGNATURES: Readonly<Record<string, Signature>> = registry;

/** The signature of a function that the original has. */
export function signatureOf(name: string): Signature | undefined {
  return Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined;
}
