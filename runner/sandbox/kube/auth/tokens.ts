/** Bearer tokens of service accounts. They look like JWTs, but what they vouch for is what this server remembers of them. */
import type { Store, Table } from '../../store/store.ts';
import type { Core } from '../objects/core.ts';
import { serviceAccounts } from '../objects/resources.ts';

const tableName = 'kubetokens';

export interface TokenOwner {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export class Tokens {
  readonly #core: Core;
  readonly #table: Table<TokenOwner>;

  constructor(store: Store, core: Core) {
    this.#core = core;
    this.#table = store.table<TokenOwner>(tableName);
  }

  /** A new token of an account, valid for so many seconds; undefined where there is no such account. */
  mint(namespace: string, name: string, seconds: number): string | undefined {
    const account = this.#core.objects.get(serviceAccounts, namespace, name);
    if (account === undefined) return undefined;
    const now = this.#core.clock.now();
    const uid = account.metadata.uid ?? '';
    const expires = now + seconds * 1000;
    const token = this.#encode({ namespace, name, uid, expires }, now);
    this.#table.put(token, { namespace, name, uid, expires });
    return token;
  }

  /** Whom the token speaks for; undefined for an unknown or outdated token, and when the account is gone. */
  owner(token: string): TokenOwner | undefined {
    const held = this.#table.get(token)?.value;
    if (held === undefined || held.expires <= this.#core.clock.now()) return undefined;
    const account = this.#core.objects.get(serviceAccounts, held.namespace, held.name);
    return account?.metadata.uid === held.uid ? held : undefined;
  }

  #encode(owner: TokenOwner, now: number): string {
    const { namespace, name, uid } = owner;
    const claims = {
      aud: ['https://kubernetes.default.svc'],
      exp: Math.floor(owner.expires / 1000),
      iat: Math.floor(now / 1000),
      iss: 'https://kubernetes.default.svc',
      jti: this.#core.ids.uuid(),
      'kubernetes.io': { namespace, serviceaccount: { name, uid } },
      nbf: Math.floor(now / 1000),
      sub: `system:serviceaccount:${namespace}:${name}`,
    };
    const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) => base64Url(JSON.stringify(part)));
    return `${parts.join('.')}.${this.#core.ids.hex(64)}`;
  }
}

function base64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
