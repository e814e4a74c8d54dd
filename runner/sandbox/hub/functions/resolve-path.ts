/** From a path with wildcards and lookups to the places of one document that it names. */
import { isSeq } from 'yaml';
import type { Node } from 'yaml';
import { FunctionFailure } from './failure.ts';
import type { FunctionArgument } from './functions.ts';
import { childOf, childrenOf, valueOf } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { isResolved, splitPath } from './path.ts';

/** One place: its segments, and the values that the path's named wildcards took. */
export interface ResolvedPath {
  readonly segments: readonly string[];
  readonly bindings: readonly FunctionArgument[];
}

interface Position extends ResolvedPath {
  readonly node: Node | undefined;
}

/**
 * Segments besides keys and indices: `*`, `*?key:parameter`, `*@:parameter`, `?key:parameter=value`, `@key:parameter`, `|key`.
 * `constraint` narrows wildcards to the segments of a place; with `upsert` keys that are missing are named too.
 */
export function resolvePath(
  doc: ConfigDocument,
  path: string,
  constraint: string,
  upsert: boolean,
): ResolvedPath[] {
  if (path === '') throw new FunctionFailure('path cannot be empty');
  if (isResolved(path)) return [{ segments: splitPath(path), bindings: [] }];
  const segments = splitPath(path);
  const only = splitPath(constraint);
  let positions: Position[] = [{ segments: [], bindings: [], node: doc.root }];
  for (const [index, segment] of segments.entries())
    positions = positions.flatMap((position) =>
      step(doc, position, segment, { only: only[index] ?? '', upsert }),
    );
  return positions;
}

interface Options {
  readonly only: string;
  readonly upsert: boolean;
}

function step(doc: ConfigDocument, from: Position, segment: string, options: Options): Position[] {
  const wildcard = /^\?(.*)=\*$/.exec(segment);
  if (wildcard !== null) return stepToAll(doc, from, `*?${wildcard[1] ?? ''}`, options);
  if (segment.startsWith('*')) return stepToAll(doc, from, segment, options);
  if (segment.startsWith('?')) return stepToElement(doc, from, segment, options);
  return stepToKey(doc, from, segment, options);
}

function stepToAll(doc: ConfigDocument, from: Position, segment: string, { only }: Options): Position[] {
  if (from.node === undefined) return [];
  const [, key = '', named] = /^\*\?([^:]*)(?::(.*))?$/.exec(segment) ?? [];
  const bound = named ?? (segment.startsWith('*@:') ? segment.slice(3) : '');
  const isSequence = isSeq(from.node);
  return childrenOf(doc, from.node)
    .filter(([name]) => only === '' || name === only)
    .flatMap(([name, node]) => {
      const field = key === '' ? undefined : childOf(doc, node, key);
      const value = key === '' && bound !== '' && !isSequence ? name : valueOf(doc, field);
      const binding = value === undefined ? [] : [bind(bound, value)];
      return [{ segments: [...from.segments, name], bindings: [...from.bindings, ...binding], node }];
    });
}

function stepToElement(doc: ConfigDocument, from: Position, segment: string, { only }: Options): Position[] {
  if (!isSeq(from.node)) return [];
  const match = /^\?([^=]*)=(.*)$/s.exec(segment);
  if (match === null) throw new FunctionFailure(`invalid associative lookup '${segment}'`);
  const [key = '', bound = ''] = (match[1] ?? '').split(':');
  for (const [name, node] of childrenOf(doc, from.node)) {
    if (only !== '' && name !== only) continue;
    const field = childOf(doc, node, key);
    const value = valueOf(doc, field);
    if (field === undefined || (value !== match[2] && only === '')) continue;
    return [{ segments: [...from.segments, name], bindings: [...from.bindings, bind(bound, value)], node }];
  }
  return [];
}

function stepToKey(doc: ConfigDocument, from: Position, segment: string, { upsert }: Options): Position[] {
  const [key = '', bound = ''] = segment.replace(/^\|/, '').replace(/^@/, '').split(':');
  const name = segment.includes('@') ? key : segment.replace(/^\|/, '');
  const node = from.node === undefined ? undefined : childOf(doc, from.node, name);
  if (node === undefined && !upsert) return [];
  const binding = bound === '' || !segment.includes('@') ? [] : [bind(bound, key)];
  return [{ segments: [...from.segments, name], bindings: [...from.bindings, ...binding], node }];
}

function bind(name: string, value: unknown): FunctionArgument {
  return name === '' ? { Value: value } : { ParameterName: name, Value: value };
}
