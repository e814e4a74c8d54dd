/** An import as the worker is told: in the operation's `ExtraParams`, or as its data. Types only. */

/** Objects whose value at the path `Type` is one of `Values` are taken, or left out. */
export interface ImportFilter {
  readonly Type: string;
  readonly Operator: 'include' | 'exclude';
  readonly Values: readonly string[];
}

/** Either the objects, or what to look for. */
export interface ImportRequest {
  readonly ResourceInfoList?: readonly object[];
  readonly Filters?: readonly ImportFilter[];
  /** `include_system`, `include_custom`, `include_cluster`. */
  readonly Options?: Readonly<Record<string, string | boolean>>;
}
