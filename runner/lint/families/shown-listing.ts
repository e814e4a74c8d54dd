/** Which listings of all spaces a page shows in full, so that a line of somebody else’s would make it wrong. */
import type { SyntaxNode } from 'unbash';
import type { ProgramCall } from '../contract/calls.ts';
import type { Page } from '../lint.ts';
import { flagOf } from './call-text.ts';

/** Programs that hand on all lines that they get. */
const KEEPING = new Set(['sort', 'column', 'cat', 'tac', 'expand', 'tee']);

/** True where every line of it is compared with a text on the page. */
export function isShownListing(call: ProgramCall, page: Page): boolean {
  const isListing = / (?:list|tree)$/.test(call.path) || call.path === 'function do';
  const block = page.scripts[call.command.script]?.block;
  if (!isListing || flagOf(call, 'space')?.value !== '*' || block?.kind !== 'run') return false;
  if (page.kind !== 'chapter' || !/\bPREFIX\b|_PREFIX\b/.test(page.source)) return false;
  if (flagOf(call, 'jq') !== undefined || call.command.redirects.length > 0 || !isPrinted(call)) return false;
  return block.expectations.some(
    ({ exit, expectation: { match, text } }) =>
      exit === 0 && (match === 'exact' || match === 'like') && text.trim() !== '',
  );
}

/** Nothing takes its output but programs that hand it on. */
function isPrinted({ command: { parents, via } }: ProgramCall): boolean {
  return via === undefined && parents.every((node) => node.type !== 'CommandExpansion' && keepsLines(node));
}

function keepsLines(node: SyntaxNode): boolean {
  if (node.type !== 'Pipeline') return true;
  return node.commands
    .slice(1)
    .every((next) => next.type === 'Command' && KEEPING.has(next.name?.value ?? ''));
}
