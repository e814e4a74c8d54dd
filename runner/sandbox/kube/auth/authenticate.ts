/** Who a request comes from: the administrator's token, a service account's, or nobody. */
import { unauthorized } from '../errors.ts';
import type { Tokens } from './tokens.ts';
import type { User } from './user.ts';

const authenticated = 'system:authenticated';

/** The user behind an Authorization header. Throws ApiError 401. */
export function authenticate(header: string | undefined, adminToken: string, tokens: Tokens): User {
  const token = /^bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw unauthorized();
  if (token === adminToken) {
    return { name: 'kubernetes-admin', groups: ['system:masters', authenticated] };
  }
  const owner = tokens.owner(token);
  if (owner === undefined) throw unauthorized();
  return serviceAccountUser(owner.namespace, owner.name, owner.uid);
}

/** A service account as a user. */
export function serviceAccountUser(namespace: string, name: string, uid?: string): User {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, authenticated],
    ...(uid === undefined ? {} : { uid }),
  };
}
