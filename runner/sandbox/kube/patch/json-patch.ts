/** JSON patch (RFC 6902), which `kubectl rollout undo` and `kubectl patch --type json` send. */
import type { Json, JsonObject } from '../kube.ts';
import { cloneJson, getField, isObject, sameJson } from '../schema/json-value.ts';
import { insertAt, parsePointer, readPointer, removeAt, replaceAt } from './json-pointer.ts';
import { PatchError } from './patch-error.ts';

/** As the API server's `maxJSONPatchOperations`. */
const maxOperations = 10_000;

/** Keeps `copy` from growing a document without bound. */
const maxCopiedCharacters = 10_000_000;

interface PatchRun {
  readonly document: { root: Json };
  copied: number;
}

/** The document after all operations. Changes neither argument; throws PatchError and then nothing was applied. */
export function applyJsonPatch(doc: JsonObject, operations: Json): JsonObject {
  if (!Array.isArray(operations)) {
    throw new PatchError(
      'malformed',
      `json: cannot unmarshal ${jsonKind(operations)} into Go value of type jsonpatch.Patch`,
    );
  }
  if (operations.length > maxOperations) {
    throw new PatchError(
      'malformed',
      `The allowed maximum operations in a JSON patch is ${maxOperations}, got ${operations.length}`,
    );
  }
  const run: PatchRun = { document: { root: cloneJson(doc) }, copied: 0 };
  for (const operation of operations) {
    if (!isObject(operation)) {
      throw new PatchError(
        'malformed',
        `json: cannot unmarshal ${jsonKind(operation)} into Go value of type jsonpatch.Operation`,
      );
    }
    applyOperation(run, operation);
  }
  const { root } = run.document;
  if (!isObject(root)) throw new PatchError('failed', 'the patched document is no object');
  return root;
}

function applyOperation(run: PatchRun, operation: JsonObject): void {
  const op = textOf(operation, 'op');
  const path = parsePointer(textOf(operation, 'path'));
  // A value that is left out is null.
  const value = getField(operation, 'value') ?? null;
  switch (op) {
    case 'add':
      return add(run, path, cloneJson(value));
    case 'remove':
      return edit(run, path, removeAt);
    case 'replace':
      return edit(run, path, (container, step) => replaceAt(container, step, cloneJson(value)));
    case 'move': {
      const from = parsePointer(textOf(operation, 'from'));
      const moved = existing(run, from);
      edit(run, from, removeAt);
      return add(run, path, moved);
    }
    case 'copy':
      return add(run, path, copyOf(run, parsePointer(textOf(operation, 'from'))));
    case 'test':
      if (sameJson(readPointer(run.document.root, path) ?? null, value)) return;
      throw new PatchError('failed', `testing value ${textOf(operation, 'path')} failed`);
    default:
      throw new PatchError('failed', `Unexpected kind: ${op}`);
  }
}

/** The document is the field `root` of a holder, so that the empty pointer needs no special case. */
function edit(
  run: PatchRun,
  path: readonly string[],
  change: (container: Json | undefined, step: string) => void,
): void {
  const steps = ['root', ...path];
  change(readPointer(run.document, steps.slice(0, -1)), steps.at(-1) ?? 'root');
}

function add(run: PatchRun, path: readonly string[], value: Json): void {
  edit(run, path, (container, step) => insertAt(container, step, value));
}

function copyOf(run: PatchRun, from: readonly string[]): Json {
  const value = existing(run, from);
  run.copied += JSON.stringify(value).length;
  if (run.copied > maxCopiedCharacters) throw new PatchError('failed', 'the patch copies too much');
  return cloneJson(value);
}

function existing(run: PatchRun, path: readonly string[]): Json {
  const value = readPointer(run.document.root, path);
  if (value === undefined) throw new PatchError('failed', `doc is missing from path: /${path.join('/')}`);
  return value;
}

function textOf(operation: JsonObject, key: string): string {
  const text = getField(operation, key);
  if (typeof text !== 'string') throw new PatchError('failed', `operation, missing ${key} field`);
  return text;
}

function jsonKind(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
