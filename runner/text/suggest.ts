/**
 * "Did you mean": authors mistype words of small closed sets (roles, keys, matchers), and naming the near word saves
 * them a look into the manual.
 */

/** The candidate nearest to `word`, if it is near enough to be what was meant. Case does not count. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  if (wanted === '' || wanted.length > 64) return undefined;
  const limit = wanted.length <= 3 ? 1 : wanted.length <= 7 ? 2 : 3;
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    if (Math.abs(known.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, known);
    if (distance <= limit && distance < known.length && (best === undefined || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** `did you mean \`x\`?`, or the whole set where no candidate is near. For hints. */
export function suggestOrList(word: string, candidates: readonly string[]): string {
  const near = suggest(word, candidates);
  return near === undefined ? `one of ${candidates.join(', ')}` : `did you mean \`${near}\`?`;
}

/** Damerau-Levenshtein distance with adjacent transpositions: swapped letters are one mistake. */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      let value = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + cost);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        value = Math.min(value, at(beforePrevious, j - 2) + 1);
      }
      current.push(value);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.MAX_SAFE_INTEGER;
}
