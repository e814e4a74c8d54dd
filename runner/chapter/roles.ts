/** The table of fence roles: which languages each may have and which keys it knows. */

/** The classes that a fence can have. */
export type Role = 'run' | 'expect' | 'setup' | 'cleanup' | 'background' | 'file' | 'excerpt' | 'skip';

export interface RoleRule {
  /** Absent: any language. */
  readonly languages?: readonly string[];
  readonly keys: readonly string[];
  /** Words without a value. */
  readonly flags: readonly string[];
}

/** Languages that a reader would type into a shell; in a chapter each such fence must carry a role. */
export const SHELL_LANGUAGES: readonly string[] = ['bash', 'sh', 'shell', 'zsh', 'console'];

export const ROLES: Readonly<Record<Role, RoleRule>> = {
  run: { languages: ['bash', 'sh', 'console'], keys: ['timeout', 'only'], flags: ['retry'] },
  expect: {
    languages: ['text', 'json', 'yaml', 'console'],
    keys: ['match', 'exit', 'stream', 'within', 'every', 'for', 'only'],
    flags: [],
  },
  setup: { languages: ['bash'], keys: ['timeout'], flags: [] },
  cleanup: { languages: ['bash'], keys: ['timeout'], flags: [] },
  background: { languages: ['bash'], keys: ['ready', 'timeout'], flags: [] },
  file: { keys: ['path'], flags: [] },
  excerpt: { keys: ['of', 'lines'], flags: [] },
  skip: { languages: SHELL_LANGUAGES, keys: ['reason'], flags: [] },
};

export const ROLE_NAMES: readonly Role[] = Object.keys(ROLES) as Role[];

/** The role of this name, if there is one. */
export function roleOf(name: string): Role | undefined {
  return ROLE_NAMES.find((role) => role === name);
}
