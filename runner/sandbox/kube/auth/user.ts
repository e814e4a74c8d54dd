/** Who asks: types only. */

/** An authenticated user, as RBAC sees one. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid?: string;
}

/** What a user wants to do: with a resource, or with a path that is none. */
export type Action =
  | {
      readonly kind: 'resource';
      readonly verb: string;
      readonly group: string;
      /** With its subresource: `pods/log`. */
      readonly resource: string;
      readonly namespace: string;
      readonly name: string;
    }
  | { readonly kind: 'path'; readonly verb: string; readonly path: string };
