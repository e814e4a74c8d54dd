/** The style rules of highlighted code: each class has its colour in either scheme. */
import type { Palette } from './highlight.ts';

/** Sorted, so that the same code gives the same bytes. */
export function styleTokens(palette: Palette): string {
  return Object.entries(palette)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([name, [light, dark]]) => `.${name}{color:light-dark(${light.toLowerCase()},${dark.toLowerCase()})}`,
    )
    .join('');
}
