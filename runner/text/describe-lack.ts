/** Why a part of a chapter is left out in a world that cannot do it: runs say it, and the site knows by it who wanted that. */

/** The reason, for what is marked `only=`. */
export function describeLack(capability: string): string {
  return `needs a world with ${capability}`;
}
