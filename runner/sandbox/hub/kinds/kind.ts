/** How one kind of named entity differs from the others; what they share is in routes.ts and write.ts. Types only. */
import type { Table } from '../../store/store.ts';
import type { Call, HubContext } from '../context.ts';
import type { Entity, NamedEntity } from '../entities.ts';
import type { Embed } from '../extend.ts';
import type { Shape } from '../fields.ts';
import type { Scope } from '../select.ts';
import type { NamedFields } from '../shapes.ts';

/** What is known of an entity before its own fields. */
export interface Stamp extends Entity {
  readonly SpaceID: string;
}

/** One kind of named entity. Hooks run inside the request's transaction and refuse by throwing. */
export interface Kind<T extends NamedEntity, Fields extends NamedFields> {
  /** The entity's type: also the key of its wrapper. */
  readonly type: string;
  /** Its segment in paths. */
  readonly segment: string;
  readonly shape: Shape<Fields>;
  /** What `include` may ask for. */
  readonly embeds: Readonly<Record<string, Embed<T>>>;
  idOf(entity: T): string;
  table(hub: HubContext): Table<T>;
  select(hub: HubContext, query: URLSearchParams, scope?: Scope): T[];
  /** Checks the fields and adds what the hub sets itself. `before` is absent on create. */
  build(hub: HubContext, stamp: Stamp, fields: Fields, id: string, before?: T): T;
  /** Writable fields that a clone does not take over. */
  readonly ownFields?: readonly string[];
  /** A body without a Slug gets one. */
  readonly inventsSlug?: boolean;
  /** What follows when the entity has been stored; returns it as it is then. */
  stored?(hub: HubContext, call: Call, entity: T, before?: T): T;
  /** Refuses a delete while something needs the entity, or takes along what belongs to it. */
  deleting?(hub: HubContext, entity: T): void;
}
