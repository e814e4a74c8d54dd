/** Who runs this hub and who uses it: `/info`, `/me`, users and the organization. All of it is read-only: there is one of each. */
import type { Route } from '../http/route.ts';
import type { Call, Handler, HubContext } from './context.ts';
import type { Organization, User } from './entities.ts';
import { param, requireEntity } from './entity.ts';
import { notImplemented } from './errors.ts';
import { ok } from './reply.ts';
import { selectEntities } from './select.ts';

/** `/api/info`, which needs no session. */
export const infoRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/api/info', handler: (hub) => ok(apiInfo(hub)) },
];

/** What would need a second organization or user: this hub has one of each. */
const UNSUPPORTED: readonly (readonly [string, string, string])[] = [
  ['POST', '/organization', 'organization create'],
  ['PUT', '/organization/:organization', 'organization update'],
  ['DELETE', '/organization/:organization', 'organization delete'],
  ['POST', '/organization/:organization/organization_member', 'organization-member create'],
  ['DELETE', '/organization/:organization/organization_member/:member', 'organization-member delete'],
];

/** `/me`, `/user`, `/organization`. */
export const organizationRoutes: readonly Route<Handler>[] = [
  {
    method: 'GET',
    path: '/me',
    handler: (hub) => ok(hub.tables.User.list().map(({ value }) => member(hub, value))[0]),
  },
  { method: 'GET', path: '/user', handler: (hub, call) => ok(selectEntities(hub, 'User', call.query)) },
  {
    method: 'GET',
    path: '/user/:user',
    handler: (hub, call) => ok(requireEntity(hub.tables.User, 'User', param(call, 'user'))),
  },
  {
    method: 'GET',
    path: '/organization',
    handler: (hub, call) => ok(selectEntities(hub, 'Organization', call.query)),
  },
  {
    method: 'GET',
    path: '/organization/:organization',
    handler: (hub, call) => ok(requireOrganization(hub, call)),
  },
  {
    method: 'GET',
    path: '/organization/:organization/organization_member',
    handler: (hub, call) => {
      requireOrganization(hub, call);
      return ok(selectEntities(hub, 'User', call.query).map((user) => member(hub, user)));
    },
  },
  {
    method: 'GET',
    path: '/organization/:organization/organization_member/:member',
    handler: (hub, call) => {
      requireOrganization(hub, call);
      return ok(member(hub, requireEntity(hub.tables.User, 'User', param(call, 'member'))));
    },
  },
  ...UNSUPPORTED.map(([method, path, operation]) => ({
    method,
    path,
    handler: () => {
      throw notImplemented(operation);
    },
  })),
];

/** All texts. `ClientID` and the others belong to a browser login, which this hub does not have. */
function apiInfo(hub: HubContext): object {
  return {
    AuthServer: hub.url(),
    Build: 'embedded',
    BuiltAt: '',
    ClientID: 'embedded',
    RedirectURI: '',
    Revision: 'embedded',
    WorkerPort: String(hub.workerPort() ?? ''),
  };
}

function member(hub: HubContext, user: User): object {
  const organization = hub.tables.Organization.get(hub.organizationId)?.value;
  return {
    OrganizationID: hub.organizationId,
    ExternalOrganizationID: organization?.ExternalID ?? '',
    UserID: user.UserID,
    ExternalID: user.ExternalID,
    Username: user.Username,
    Slug: user.Slug,
    DisplayName: user.DisplayName,
    ProfilePictureURL: user.ProfilePictureURL,
  };
}

function requireOrganization(hub: HubContext, call: Call): Organization {
  return requireEntity(hub.tables.Organization, 'Organization', param(call, 'organization'));
}
