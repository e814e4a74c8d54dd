/** The table of rules. A family is a row here. */
import { ARGUMENTS_FAMILY } from './families/arguments.ts';
import { BEHAVIOUR_FAMILY } from './families/behaviour.ts';
import { BULK_FAMILY } from './families/bulk.ts';
import { COMMANDS_FAMILY } from './families/commands.ts';
import { FLAG_PAIRS_FAMILY } from './families/flag-pairs.ts';
import { FUNCTIONS_FAMILY } from './families/functions.ts';
import { LESSON_FAMILY } from './families/lesson.ts';
import { MANIFESTS_FAMILY } from './families/manifests.ts';
import { PATCH_FAMILY } from './families/patch.ts';
import { SCOPE_FAMILY } from './families/scope.ts';
import { SHELL_OPEN_ENDS_FAMILY } from './families/shell-open-ends.ts';
import { SHELL_STOPS_FAMILY } from './families/shell-stops.ts';
import { SHELL_SWALLOWED_FAMILY } from './families/shell-swallowed.ts';
import { SHELL_HABITS_FAMILY } from './families/shell-habits.ts';
import { SLEEP_FAMILY } from './families/sleep.ts';
import { POLLING_FAMILY } from './families/polling.ts';
import { SPACE_FAMILY } from './families/space.ts';
import { SYMBOL_FILES_FAMILY } from './families/symbol-files.ts';
import { SYMBOL_TARGETS_FAMILY } from './families/symbol-targets.ts';
import { SYMBOLS_FAMILY } from './families/symbols.ts';
import { VALUES_FAMILY } from './families/values.ts';
import { WHERE_FAMILY } from './families/where.ts';
import type { Family, Rule } from './lint.ts';
import { SUPPRESSION_RULES } from './suppress.ts';

export const FAMILIES: readonly Family[] = [
  ARGUMENTS_FAMILY,
  BEHAVIOUR_FAMILY,
  BULK_FAMILY,
  COMMANDS_FAMILY,
  FLAG_PAIRS_FAMILY,
  FUNCTIONS_FAMILY,
  LESSON_FAMILY,
  MANIFESTS_FAMILY,
  PATCH_FAMILY,
  POLLING_FAMILY,
  SCOPE_FAMILY,
  SHELL_OPEN_ENDS_FAMILY,
  SHELL_STOPS_FAMILY,
  SHELL_SWALLOWED_FAMILY,
  SHELL_HABITS_FAMILY,
  SLEEP_FAMILY,
  SPACE_FAMILY,
  SYMBOL_FILES_FAMILY,
  SYMBOL_TARGETS_FAMILY,
  SYMBOLS_FAMILY,
  VALUES_FAMILY,
  WHERE_FAMILY,
];

/** Every rule, with those that need no family. */
export const RULES: readonly Rule[] = [...FAMILIES.flatMap(({ rules }) => rules), ...SUPPRESSION_RULES];
