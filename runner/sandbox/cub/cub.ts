/**
 * What the parts of the `cub` command say to each other: where it runs, what was asked, and how a command is described.
 * Types only; the table of commands itself is data (data/commands.json).
 */

/** Everything that a run may touch of the machine, so that tests can run it in their own process. */
export interface Surroundings {
  /** The arguments after the program's name. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative files of the command line are looked up here. */
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  out(text: string): void;
  err(text: string): void;
  /** Error lines in red. */
  readonly colour: boolean;
}

/** Number of positional arguments: cobra's four validators. */
export type Arity = readonly ['exactly' | 'most' | 'least', number] | readonly ['between', number, number];

/** One command as data. `flags` holds `[-s ]type[=default]` per name; type is bool, int, string, strings or stringArray. */
export interface CommandSpec {
  readonly use: string;
  readonly short: string;
  readonly args?: Arity;
  /** Names of the commands of a group, sorted. */
  readonly commands?: readonly string[];
  /** A group: it only prints its help. */
  readonly group?: boolean;
  readonly hidden?: boolean;
  /** `--space "*"` is permitted. */
  readonly everySpace?: boolean;
  /** The group has `--space`, and its commands need a space. */
  readonly needsSpace?: boolean;
  readonly flags?: Readonly<Record<string, string>>;
  /** Flags of the client of October 2025, known by name only. */
  readonly later?: Readonly<Record<string, string>>;
}

/** The values of the command's flags. A flag that the command does not have is empty, off, or no values. */
export interface FlagValues {
  text(name: string): string;
  on(name: string): boolean;
  list(name: string): readonly string[];
  /** True if the flag stands on the command line. */
  given(name: string): boolean;
}

/** A flag of a command. */
export interface FlagSpec {
  readonly name: string;
  readonly shorthand: string;
  readonly type: string;
  /** As text; empty if there is none. */
  readonly value: string;
}

/** A command with its flags, sorted by name. */
export interface CommandDescription {
  /** Such as `unit create`. */
  readonly name: string;
  readonly spec: CommandSpec;
  readonly own: readonly FlagSpec[];
  readonly inherited: readonly FlagSpec[];
  /** Name and description of the commands of a group. */
  readonly children: readonly (readonly [string, string])[];
}

/** `$HOME/.confighub/session.json`, as far as a client reads it. */
export interface Session {
  readonly user: { readonly id: string; readonly email: string };
  readonly accessToken: string;
  readonly organizationId: string;
  readonly authType: string;
  readonly password: string;
}

/** `$HOME/.confighub/context.json`. */
export interface Context {
  readonly url: string;
  readonly space: string;
  readonly spaceId: string;
  readonly organizationId: string;
}

/** The space that `--space` or the context names; both are `*` for all spaces. */
export interface SelectedSpace {
  readonly id: string;
  readonly slug: string;
}

export type Entity = Readonly<Record<string, unknown>>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request below `/api`. */
export interface HubRequest {
  readonly method: Method;
  /** Begins with `/`. */
  readonly path: string;
  /** Empty values are left out. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly contentType?: string;
  /** Statuses whose `Message` the client shows, besides 400, 401, 403, 404 and 500. */
  readonly readable?: readonly number[];
  /** The client shows the status of a refusal, and not its message. */
  readonly blunt?: boolean;
}

export interface HubAnswer {
  /** 200 or 207. */
  readonly status: number;
  readonly value: unknown;
}

export interface Hub {
  /** Without `/api`. */
  readonly url: string;
  /** Throws Failure with cub's text for everything that is not a success. */
  ask(request: HubRequest): Promise<HubAnswer>;
}

/** One call of one command. */
export interface Invocation {
  /** Such as `unit create`. */
  readonly command: string;
  readonly args: readonly string[];
  readonly flags: FlagValues;
  readonly space: SelectedSpace;
  readonly session: Session;
  readonly context: Context;
  readonly hub: Hub;
  readonly around: Surroundings;
}

export type Run = (call: Invocation) => Promise<void>;
