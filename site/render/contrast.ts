/** How well a colour can be read on another one, and the nearest one that can. Colours are `#rrggbb`, lower case or not. */

/** What WCAG 2.2 asks of text. */
const LEAST = 4.5;
const STEP = 0.05;

/** WCAG 2.2's contrast ratio of two colours. */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The colour, taken towards black or white as far as it must be to be read on each of the grounds. */
export function makeReadable(colour: string, grounds: readonly string[]): string {
  const isRead = (each: string): boolean => grounds.every((ground) => contrast(each, ground) >= LEAST);
  for (let share = 0; share <= 1; share += STEP) {
    const found = ['#000000', '#ffffff'].map((end) => mix(colour, end, share)).find(isRead);
    if (found !== undefined) return found;
  }
  return contrast('#000000', grounds[0] ?? '#ffffff') >= LEAST ? '#000000' : '#ffffff';
}

/** `share` of the second colour in the first. */
export function mix(colour: string, other: string, share: number): string {
  const there = channels(other);
  const mixed = channels(colour).map((value, index) => value + ((there[index] ?? 0) - value) * share);
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
