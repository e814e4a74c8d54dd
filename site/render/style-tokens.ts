/** The style rules of highlighted code and coloured output: each class has its colours in either scheme. */
import type { Palette } from './highlight.ts';

/** Sorted, so that the same code gives the same bytes. */
export function styleTokens(palette: Palette): string {
  return Object.entries(palette)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { light, dark, ground }]) => {
      const behind = ground === undefined ? '' : `;background:light-dark(${ground.join()})`;
      return `.${name}{color:light-dark(${light},${dark})${behind}}`;
    })
    .join('');
}
