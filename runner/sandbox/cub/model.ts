/** Entities and patches that a command line describes: `--from-stdin`, `--filename`, `--label`. */
import type { Entity, Invocation } from './cub.ts';
import { readContent, readStdin } from './content.ts';
import { entityOf, hasPart, partOf } from './entity.ts';
import { Failure, messageOf } from './failure.ts';
import { decodeAs, packJson, shapeAs } from './go-json.ts';

/** Refuses both sources at once. */
export function checkSources(call: Invocation): void {
  if (call.flags.on('from-stdin') && call.flags.text('filename') !== '')
    throw new Failure('--from-stdin and --filename are mutually exclusive');
}

/** True if an entity is to be read. */
export function readsEntity(call: Invocation): boolean {
  return call.flags.on('from-stdin') || call.flags.text('filename') !== '';
}

/** What `--from-stdin` or `--filename` holds; undefined without them. */
async function readSource(call: Invocation): Promise<string | undefined> {
  if (call.flags.on('from-stdin')) return (await readStdin(call)).toString('utf8');
  const file = call.flags.text('filename');
  return file === '' ? undefined : (await readContent(call, file)).toString('utf8');
}

/** The fields of the struct `shape` that were read; none without a source. */
export async function readEntity(call: Invocation, shape: string): Promise<Entity> {
  const text = await readSource(call);
  if (text === undefined) return {};
  const read = parseJson(text);
  if (read !== null && !isObject(read)) {
    const type = Array.isArray(read) ? 'array' : GO_NAMES[typeof read];
    throw new Failure(`json: cannot unmarshal ${type} into Go value of type goclientnew.${shape}`);
  }
  return entityOf(decodeAs(shape, read));
}

/** What was read as the patch that it is, its names untouched; empty without a source. */
export async function readPatch(call: Invocation): Promise<Entity> {
  const text = await readSource(call);
  return text === undefined ? {} : entityOf(parseJson(text));
}

/** What Go calls the types of JSON. */
const GO_NAMES: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' };

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string, prefix = ''): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = text.trim() === '' ? 'unexpected end of JSON input' : messageOf(error);
    throw new Failure(`${prefix}${reason}`, { cause: error });
  }
}

/** What was read laid over an entity: as Go decodes into a struct, so maps keep the keys that are not named. */
export function overlay(entity: Entity, read: Entity): Entity {
  const merged: Record<string, unknown> = { ...entity, ...read };
  for (const field of ['Labels', 'Annotations'])
    if (hasPart(read, field)) merged[field] = { ...partOf(entity, field), ...partOf(read, field) };
  return merged;
}

/** Labels of the entity with those of `--label` added. */
export function addLabels(call: Invocation, entity: Entity): Entity {
  const given = call.flags.list('label');
  if (given.length === 0) return entity;
  const labels: Record<string, unknown> = { ...partOf(entity, 'Labels') };
  for (const label of given) {
    const [key = '', value = '', ...rest] = label.split('=');
    if (rest.length > 0) throw new Failure(`invalid label; expected key=value: ${label}`);
    labels[key] = value;
  }
  return { ...entity, Labels: labels };
}

/** `key=-` removes a label, which only a patch can. */
export function checkLabelRemoval(call: Invocation): void {
  if (call.flags.on('patch')) return;
  const removal = call.flags.list('label').find((label) => /^[^=]*=-$/.test(label));
  if (removal !== undefined) throw new Failure(`label removal (--label ${removal}) requires --patch flag`);
}

/** A merge patch of what was read, `extra` and the labels; the literal `null` if there is nothing. */
export async function buildPatch(call: Invocation, extra: Entity = {}): Promise<string> {
  const text = (await readSource(call)) ?? 'null';
  const given = call.flags.list('label');
  if (given.length === 0 && Object.keys(extra).length === 0) return text;
  const base =
    text === 'null' || text === '' ? {} : entityOf(parseJson(text, 'failed to parse patch data: '));
  const patch: Record<string, unknown> = { ...base, ...extra };
  if (given.length > 0) patch['Labels'] = patchLabels(partOf(patch, 'Labels'), given);
  return packJson(patch);
}

function patchLabels(before: Entity, given: readonly string[]): Entity {
  const labels: Record<string, unknown> = { ...before };
  for (const label of given) {
    const [key = '', value = '', ...rest] = label.split('=');
    if (rest.length > 0) throw new Failure(`invalid label; expected key=value or key=-: ${label}`);
    labels[key] = value === '-' ? null : value;
  }
  return labels;
}

/** The body of a create or update: the entity as the client's struct. */
export function encodeEntity(shape: string, entity: Entity): string {
  return packJson(shapeAs(shape, entity));
}
