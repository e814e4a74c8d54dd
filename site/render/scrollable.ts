/** Code that is wider than a phone scrolls sideways: then, and only then, the keyboard must be able to reach it. */
import { html, type Part } from './html.ts';

/** Characters that fit into the narrowest screen. */
const FITS = 32;

/** The attributes of a `pre` whose longest line has `longest` characters. */
export function scrollable(longest: number, name: string): Part {
  return longest > FITS && html` tabindex="0" role="group" aria-label="${name}"`;
}

/** The length of the longest line. */
export function lengthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
