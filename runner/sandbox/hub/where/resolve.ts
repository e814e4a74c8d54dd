/** From a name in a where expression to the attribute behind it: own, inside a map, or of a related entity. */
import { badRequest } from '../errors.ts';
import { ATTRIBUTES } from './attributes.ts';
import type { Attribute, AttributeType, EntityAttributes } from './where.ts';

/** `Slug`, `Labels.region`, `Unit.Slug` (the entity's own type), `UpstreamUnit.HeadRevisionNum`, `Space.Labels.tier`. Throws 400. */
export function resolveAttribute(type: string, text: string): Attribute {
  const dot = text.indexOf('.');
  const head = dot < 0 ? text : text.slice(0, dot);
  const tail = dot < 0 ? '' : text.slice(dot + 1);
  const own = ATTRIBUTES[type];
  if (own === undefined) throw badRequest(`${type} has no attributes to filter by`);
  if (tail !== '' && head === type) return withText(findOwn(own, tail), text);
  const relation = own.relations[head];
  if (tail === '' || relation === undefined || !Object.hasOwn(own.relations, head))
    return withText(findOwn(own, text), text);
  const other = ATTRIBUTES[relation.type];
  const found = other === undefined ? undefined : findOwn(other, tail);
  return found === undefined ? withText(found, text) : { ...withText(found, text), relation };
}

function withText(found: Attribute | undefined, text: string): Attribute {
  if (found === undefined) throw badRequest(`unrecognized attribute name \`${text}\``);
  return { ...found, text };
}

function findOwn(entity: EntityAttributes, text: string): Attribute | undefined {
  const dot = text.indexOf('.');
  const name = dot < 0 ? text : text.slice(0, dot);
  if (!Object.hasOwn(entity.attributes, name)) return undefined;
  const type = entity.attributes[name];
  if (type === undefined) return undefined;
  const attribute = {
    kind: 'attribute',
    text,
    name,
    path: entity.paths?.[name] ?? name,
    type,
    length: false,
  } as const;
  if (dot < 0) return attribute;
  const inner = innerType(type);
  return inner === undefined ? undefined : { ...attribute, type: inner, key: text.slice(dot + 1) };
}

function innerType(type: AttributeType): AttributeType | undefined {
  if (type === 'strings') return 'string';
  return type === 'flags' ? 'boolean' : undefined;
}
