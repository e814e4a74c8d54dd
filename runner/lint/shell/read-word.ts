/** What a word becomes after quoting and expansion. Exact where the text tells, unknown where only a run does. */
import type { DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { ShellWord } from './shell.ts';
import type { Values } from './variables.ts';

export const UNKNOWN = '\u0000';

interface Draft {
  readonly values: Values;
  /** Finished words, and the one that is being read. */
  readonly done: string[];
  shape: string;
  /** An unquoted expansion: several words if nothing else stands beside it. */
  loose: boolean;
  many: boolean;
  glob: boolean;
}

/** The words that one word of the text becomes. `at` turns its offsets into those of the file. */
export function readWord(word: Word, values: Values, at: (offset: number) => number): readonly ShellWord[] {
  const draft: Draft = { values, done: [], shape: '', loose: false, many: false, glob: false };
  if (word.parts === undefined) draft.shape = word.value;
  else for (const part of word.parts) readPart(part, draft);
  const place = { text: word.text, start: at(word.pos), end: Math.max(at(word.end), at(word.pos) + 1) };
  return [...draft.done, draft.shape].map((shape) => {
    const many = draft.many || (draft.loose && /^\0*$/.test(shape));
    const value = shape.includes(UNKNOWN) || many ? undefined : shape;
    return { ...place, shape, value, many, glob: draft.glob };
  });
}

function readPart(part: WordPart, draft: Draft): void {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      draft.shape += part.value;
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      for (const child of part.parts) readQuoted(child, draft);
      return;
    case 'Glob':
      draft.shape += part.text;
      draft.glob = true;
      return;
    case 'SimpleExpansion':
    case 'ParameterExpansion':
      readUnquoted(part, draft);
      return;
    case 'ArithmeticExpansion':
    case 'ProcessSubstitution':
      draft.shape += UNKNOWN;
      return;
    case 'CommandExpansion':
      draft.shape += UNKNOWN;
      draft.loose = true;
      return;
    case 'BraceExpansion':
    case 'ExtendedGlob':
      draft.shape += UNKNOWN;
      draft.many = true;
  }
}

function readQuoted(child: DoubleQuotedChild, draft: Draft): void {
  if (child.type === 'Literal') draft.shape += child.value;
  else if (child.type === 'SimpleExpansion' || child.type === 'ParameterExpansion') {
    const known = valueOf(child, draft.values);
    if (known === undefined && /^\$\{?@|\[@\]/.test(child.text)) draft.many = true;
    draft.shape += known?.shape ?? UNKNOWN;
  } else draft.shape += UNKNOWN;
}

/** Bash splits what an unquoted variable holds at blanks. */
function readUnquoted(part: Extract<WordPart, { type: `${string}Expansion` }>, draft: Draft): void {
  const known = valueOf(part, draft.values);
  if (known === undefined || known.shape.includes(UNKNOWN) || /[*?[]/.test(known.shape)) {
    draft.shape += known?.shape ?? UNKNOWN;
    draft.loose ||= !/^\$[#?$!]$/.test(part.text);
    return;
  }
  const [first = '', ...rest] = known.shape.trim().split(/[ \t\n]+/);
  draft.shape += first;
  for (const field of rest) {
    draft.done.push(draft.shape);
    draft.shape = field;
  }
}

function valueOf(part: WordPart, values: Values): { readonly shape: string } | undefined {
  if (part.type === 'SimpleExpansion') return values.get(part.text.slice(1));
  if (part.type !== 'ParameterExpansion' || part.prefix !== undefined || part.index !== undefined)
    return undefined;
  const { operation } = part;
  const known = values.get(part.parameter);
  const keepsValue =
    operation === undefined || (operation.type === 'Default' && !operation.operator.includes('+'));
  return keepsValue && known?.shape !== '' ? known : undefined;
}
