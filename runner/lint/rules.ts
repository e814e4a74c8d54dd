/** The table of rules. A family is a row here. */
import { COMMANDS_FAMILY } from './families/commands.ts';
import { POLLING_FAMILY } from './families/polling.ts';
import type { Family, Rule } from './lint.ts';
import { SUPPRESSION_RULES } from './suppress.ts';

export const FAMILIES: readonly Family[] = [POLLING_FAMILY, COMMANDS_FAMILY];

/** Every rule, with those that need no family. */
export const RULES: readonly Rule[] = [...FAMILIES.flatMap(({ rules }) => rules), ...SUPPRESSION_RULES];
