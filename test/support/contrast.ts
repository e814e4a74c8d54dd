/** The grounds that the style sheet gives to code and to outputs. */
import { readFileSync } from 'node:fs';

/** The value of a colour variable in the light and in the dark scheme, as `#rrggbb`. */
export function groundOf(variable: string): readonly [light: string, dark: string] {
  const style = readFileSync(new URL('../../site/client/style.css', import.meta.url), 'utf8');
  const found = new RegExp(`--${variable}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(style) ?? [];
  return [lengthen(found[1] ?? ''), lengthen(found[2] ?? '')];
}

function lengthen(colour: string): string {
  return colour.length === 4 ? colour.replace(/\w/g, '$&$&') : colour;
}
