/**
 * Where `set -e` is blind: of `a && b` bash goes on although `a` failed, and it passes by what `!` negates. A block that ends so
 * has failed by its status, and a script made of it has to look at that.
 */
import { forEachChild, parse, type SyntaxNode } from 'unbash';

/** True if the last statement of a bash text can fail without `set -e` ending the script. */
export function mayFailUnseen(source: string): boolean {
  const last = parse(source).commands.at(-1);
  return last !== undefined && hasBlindSpot(last);
}

function hasBlindSpot(node: SyntaxNode): boolean {
  if (node.type === 'AndOr') return true;
  if (node.type === 'Pipeline' && node.prefixes.some(({ type }) => type === 'Negation')) return true;
  let found = false;
  forEachChild(node, (child) => {
    found ||= hasBlindSpot(child);
  });
  return found;
}
