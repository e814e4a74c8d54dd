/** Placeholders: values that say "not set yet" and that block an apply. */

/** Stands for a text; it may be a part of one. Lower case, so that it may stand where a DNS label is asked for. */
export const TEXT_PLACEHOLDER = 'confighubplaceholder';
/** Stands for an integer. */
export const NUMBER_PLACEHOLDER = 999_999_999;
/** Its older form. */
export const OLD_PLACEHOLDER = 'replaceme';

/** True for a value that still has to be set. */
export function holdsPlaceholder(value: unknown): boolean {
  if (typeof value !== 'string') return value === NUMBER_PLACEHOLDER;
  return value.includes(TEXT_PLACEHOLDER) || value.includes(OLD_PLACEHOLDER);
}
