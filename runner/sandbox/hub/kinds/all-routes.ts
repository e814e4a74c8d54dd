/** The routes of all kinds of named entities, a row each. */
import type { Route } from '../../http/route.ts';
import type { Handler, HubContext, Call } from '../context.ts';
import type { NamedEntity } from '../entities.ts';
import type { NamedFields } from '../shapes.ts';
import { CHANGE_SET } from './change-set.ts';
import { cloneNamed } from './clone.ts';
import { FILTER } from './filter.ts';
import { INVOCATION } from './invocation.ts';
import type { Kind } from './kind.ts';
import { LINK } from './link.ts';
import { linkMany } from './link-many.ts';
import { bulkRoutesOf, spaceRoutesOf } from './routes.ts';
import { SET } from './set.ts';
import { TAG } from './tag.ts';
import { TRIGGER } from './trigger.ts';
import { VIEW } from './view.ts';

/** `/filter`, `/tag` and so on. Sets have no routes across spaces and no PATCH. */
export const kindRoutes: readonly Route<Handler>[] = [
  ...spaceRoutesOf(LINK),
  ...bulkRoutesOf(LINK, linkMany),
  ...clonable(FILTER),
  ...clonable(CHANGE_SET),
  ...clonable(TAG),
  ...clonable(TRIGGER),
  ...clonable(INVOCATION),
  ...clonable(VIEW),
  ...spaceRoutesOf(SET).filter(({ method }) => method !== 'PATCH'),
];

function clonable<T extends NamedEntity, Fields extends NamedFields>(
  kind: Kind<T, Fields>,
): Route<Handler>[] {
  return [
    ...spaceRoutesOf(kind),
    ...bulkRoutesOf(kind, (hub: HubContext, call: Call) => cloneNamed(hub, kind, call)),
  ];
}
