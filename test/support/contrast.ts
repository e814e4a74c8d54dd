/** How well code can be read: the contrast of its colours on the ground that the style sheet gives it. */
import { readFileSync } from 'node:fs';

/** The ground of code in the light and in the dark scheme. */
export function codeGround(): readonly [light: string, dark: string] {
  const style = readFileSync(new URL('../../site/client/style.css', import.meta.url), 'utf8');
  const [, light = '', dark = ''] = /--code: light-dark\((#\w+), (#\w+)\)/.exec(style) ?? [];
  return [light, dark];
}

/** WCAG 2.2's contrast ratio of two colours. */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
