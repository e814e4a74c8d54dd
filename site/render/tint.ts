/**
 * Output in the colours that its command gave it, as ranges of its lines. Shiki reads the sequences; a colour that could not be
 * read on the page, dimmed or chosen by the command itself, is taken as far towards black or white as it must be.
 */
import type { ThemedToken } from 'shiki/core';
import { makeReadable, mix } from './contrast.ts';

/** A part of a line, in UTF-16 units, and its classes. */
export interface Tint {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly classes: string;
}

/** How a part looks in either scheme; `ground` where the command gave it one. */
export interface Ink {
  readonly light: string;
  readonly dark: string;
  readonly ground?: readonly [light: string, dark: string];
}

interface Scheme {
  /** The theme's own text colour. */
  readonly plain: string;
  /** What is behind an output, and behind its varying parts. */
  readonly grounds: readonly [string, string];
}

/** The style sheet's colours `--bg` and `--vary`. */
export const OUTPUT_SCHEMES: readonly [light: Scheme, dark: Scheme] = [
  { plain: '#0e1116', grounds: ['#ffffff', '#fdf0cf'] },
  { plain: '#f0f3f6', grounds: ['#0d1117', '#3b3013'] },
];
/** Shiki's bits: italic, bold, underlined, struck through. */
const STYLES: readonly (readonly [bit: number, name: string])[] = [
  [1, 'italic'],
  [2, 'bold'],
  [4, 'under'],
  [8, 'struck'],
];

/** The tints of an output; `nameInk` gives the class of an ink. The tokens are those of either theme. */
export function tintTokens(
  light: readonly (readonly ThemedToken[])[],
  dark: readonly (readonly ThemedToken[])[],
  nameInk: (ink: Ink) => string,
): readonly Tint[] {
  return light.flatMap((tokens, line) => {
    let start = 0;
    return tokens.flatMap((token, index) => {
      const end = start + token.content.length;
      const classes = describeToken(token, dark[line]?.[index] ?? token, nameInk);
      const tint = { line, start, end, classes };
      start = end;
      return classes === '' || end === tint.start ? [] : [tint];
    });
  });
}

function describeToken(light: ThemedToken, dark: ThemedToken, nameInk: (ink: Ink) => string): string {
  const [inLight, inDark] = OUTPUT_SCHEMES;
  const styles = STYLES.filter(([bit]) => ((light.fontStyle ?? 0) & bit) !== 0).map(([, name]) => name);
  const isPlain = light.bgColor === undefined && (light.color ?? '').toLowerCase() === inLight.plain;
  if (isPlain) return styles.join(' ');
  const ink: Ink = {
    light: readable(light, inLight),
    dark: readable(dark, inDark),
    ...(light.bgColor === undefined || dark.bgColor === undefined
      ? {}
      : { ground: [light.bgColor.toLowerCase(), dark.bgColor.toLowerCase()] }),
  };
  return [nameInk(ink), ...styles].join(' ');
}

/** Shiki writes a dimmed colour as one that is half transparent. */
function readable({ color = '', bgColor }: ThemedToken, { plain, grounds }: Scheme): string {
  const behind = bgColor === undefined ? grounds : [bgColor];
  const solid = (color === '' ? plain : color).toLowerCase();
  const shown = solid.length > 7 ? mix(solid, behind[0] ?? plain, 0.5) : solid;
  return makeReadable(shown, behind);
}
