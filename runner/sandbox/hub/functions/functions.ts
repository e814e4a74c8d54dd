/**
 * Configuration functions as the rest of the hub sees them: what a call needs to know, what it returns, in the wire's names.
 * Types only; `invokeFunctions` in engine.ts runs them.
 */

/** One argument. `Value` is a string, an integer or a boolean. */
export interface FunctionArgument {
  readonly ParameterName?: string;
  readonly Value: unknown;
}

/** A function's name and what it is given, in order or by parameter name. */
export interface FunctionInvocation {
  readonly FunctionName: string;
  readonly Arguments: readonly FunctionArgument[];
}

/** What functions may know of the unit whose data they work on. */
export interface FunctionContext {
  readonly unitId: string;
  readonly unitSlug: string;
  readonly spaceId: string;
  readonly spaceSlug: string;
  /** `Unit.ContentHash`: by it `is-approved` sees whether an earlier function changed the data. */
  readonly contentHash: number;
  readonly approvedBy: readonly string[];
}

/** A sequence of functions on one unit's data. */
export interface FunctionRequest {
  readonly context: FunctionContext;
  /** Normalised YAML. */
  readonly data: string;
  /** YAML of what the worker last saw, or empty. */
  readonly liveState: string;
  readonly invocations: readonly FunctionInvocation[];
  /** Integers and booleans may come as text. */
  readonly castStrings?: boolean;
  readonly stopOnError?: boolean;
  /** So many of the first validating functions end the sequence quietly when they do not pass. */
  readonly numFilters?: number;
  /** One ValidationResult for all validating functions, not a list. */
  readonly combineResults?: boolean;
}

/** What the sequence did. A failed function is a message, not an exception: the others still ran. */
export interface FunctionResult {
  /** The same text, byte for byte, if no function changed a value. */
  readonly data: string;
  /** What getters and validating functions said; null if there was none. Its shape follows `outputType`. */
  readonly output: unknown;
  readonly outputType: string;
  readonly mutations: readonly ResourceMutation[];
  /** The indices of the invocations that changed the data. */
  readonly mutators: readonly number[];
  readonly success: boolean;
  readonly messages: readonly string[];
}

/** How resources are named on the wire. */
export interface ResourceInfo {
  readonly ResourceName: string;
  readonly ResourceNameWithoutScope: string;
  readonly ResourceType: string;
  readonly ResourceCategory: string;
}

/** A value in the data, and which functions get and set it. */
export interface AttributeValue extends ResourceInfo {
  readonly Path: string;
  readonly InLiveState?: boolean;
  readonly AttributeName?: string;
  readonly DataType: string;
  readonly Info?: AttributeDetails;
  readonly Value: unknown;
  readonly Comment?: string;
}

/** A needed and a provided value match when the arguments of setter and getter are equal. */
export interface AttributeDetails {
  readonly GetterInvocation?: FunctionInvocation;
  readonly SetterInvocations?: readonly FunctionInvocation[];
  readonly GenerationTemplate?: string;
}

/** The verdict of one validating function. `Index` is its place in the sequence. */
export interface ValidationResult {
  readonly Passed: boolean;
  readonly Index: number;
  readonly Details?: readonly string[];
  readonly FailedAttributes?: readonly AttributeValue[];
}

/** None, Add, Update, Replace or Delete; `Value` is YAML, what was removed or else what is new. */
export interface MutationInfo {
  readonly MutationType: string;
  readonly Index: number;
  readonly Predicate: boolean;
  readonly Value: string;
}

/** What happened to one resource. */
export interface ResourceMutation {
  readonly Resource: ResourceInfo;
  readonly ResourceMutationInfo: MutationInfo;
  readonly PathMutationMap: Readonly<Record<string, MutationInfo>>;
  readonly Aliases: Readonly<Record<string, object>>;
  readonly AliasesWithoutScopes: Readonly<Record<string, object>>;
}
