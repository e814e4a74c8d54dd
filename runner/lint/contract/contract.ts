/** What `cub` and `kubectl` accept, as data of one version. Types only. */

/** How a flag takes its value. `count` and `bool` take none after a blank; `optional` only after `=`. */
export type FlagKind = 'bool' | 'count' | 'string' | 'strings' | 'int' | 'duration' | 'optional';

/** A flag: its kind, and its one-letter form where it has one. */
export type FlagSpec = readonly [kind: FlagKind, short?: string];

/** One command, without the flags that it inherits. */
export interface CommandSpec {
  /** How many positional arguments; `max` null: any number. Absent: nothing is known. */
  readonly args?: { readonly min: number; readonly max: number | null };
  /** How its help names the arguments. */
  readonly usage: string;
  /** A group does nothing but print help. */
  readonly group: boolean;
  readonly flags: Readonly<Record<string, FlagSpec>>;
  readonly commands: readonly string[];
}

/** A program's commands by path, such as `unit create`; the program itself is the empty path. */
export interface Program {
  readonly name: 'cub' | 'kubectl';
  readonly commands: ReadonlyMap<string, CommandSpec>;
  /** Flags that every command below has. */
  readonly globals: (path: string) => Readonly<Record<string, FlagSpec>>;
}

export interface FunctionParameter {
  readonly name: string;
  readonly type: 'string' | 'int' | 'bool';
  readonly required: boolean;
}

/** The contract of `cub`. */
export interface CubContract {
  readonly program: Program;
  readonly functions: Readonly<Record<string, readonly FunctionParameter[]>>;
  /** First words of commands that want `--space` or a context. */
  readonly needsSpace: ReadonlySet<string>;
  /** Commands that accept `--space "*"`. */
  readonly everySpace: ReadonlySet<string>;
  /** What a where clause may name, by entity type. */
  readonly entities: Readonly<Record<string, Entity>>;
}

export type AttributeKind =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'uuid'
  | 'uuids'
  | 'time'
  | 'strings'
  | 'flags';

/** What can be asked of an entity. */
export interface Entity {
  readonly attributes: Readonly<Record<string, AttributeKind>>;
  /** Entities that can be named before a dot, such as `Space` in `Space.Labels.App`. */
  readonly relations: Readonly<Record<string, string>>;
}

/** What one `--contract` stands for. A program that is absent is not checked. */
export interface Contract {
  /** As `--contract` names it; empty for the usual one. */
  readonly name: string;
  readonly cub?: CubContract;
  readonly kubectl?: Program;
}
