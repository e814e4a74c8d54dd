/**
 * Secrets that a block spells itself: `API_TOKEN=abc command`, `local`, in a subshell, in a job, `env API_TOKEN=abc`. No
 * shell can be asked for those afterwards, but they stand there.
 */
import type { Assignment, Word, WordPart } from 'unbash';
import { nameSecrets } from './environment.ts';

/** The constant values that a bash text gives to variables named like secrets. Never throws. */
export async function findSpelledSecrets(
  source: string,
  declared: readonly string[],
): Promise<readonly string[]> {
  const isSecret = nameSecrets(declared);
  const names = source.match(/\b[A-Za-z_]\w*(?=(?:\[[^\]\n]*\])?\+?=)/g) ?? [];
  if (!names.some(isSecret)) return [];
  const { parse } = await import('unbash');
  return [...findValues(JSON.parse(JSON.stringify(parse(source))), isSecret)];
}

function* findValues(node: unknown, isSecret: (name: string) => boolean): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  const { type } = node as { readonly type?: unknown };
  if (type === 'Assignment') {
    const { name, value } = node as Assignment;
    const words = value === undefined ? [] : value.type === 'ArrayValue' ? value.elements : [value];
    if (name !== undefined && isSecret(name)) yield* words.filter(isConstant).map((word) => word.value);
  } else if (type === 'Word' && isConstant(node as Word)) {
    const [, name = '', value = ''] = /(?:^|=)([A-Za-z_]\w*)=(.*)$/s.exec((node as Word).value) ?? [];
    if (isSecret(name)) yield value;
  }
  for (const child of Object.values(node)) yield* findValues(child, isSecret);
}

function isConstant({ parts }: Word): boolean {
  return parts?.every(isConstantPart) ?? true;
}

function isConstantPart(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.every(({ type }) => type === 'Literal');
  return ['Literal', 'SingleQuoted', 'AnsiCQuoted'].includes(part.type);
}
