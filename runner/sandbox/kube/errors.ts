/** Errors in the API server's words. Every refusal of the emulator is one of these, so that kubectl prints what it always prints. */
import type { ApiStatus, GroupVersionKind, JsonObject, ResourceName } from './kube.ts';

/** Thrown by `Cluster` and by the API's own handlers; rendered as a `Status` object. */
export class ApiError extends Error {
  readonly status: ApiStatus;

  constructor(code: number, reason: string, message: string, details?: JsonObject) {
    super(message);
    this.name = 'ApiError';
    this.status = { code, reason, message, ...(details === undefined ? {} : { details }) };
  }
}

/** One cause of a 422: `reason` as in apimachinery's CauseType, `field` as a path such as `spec.replicas`. */
export interface FieldProblem {
  readonly reason:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueDuplicate'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueNotFound'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany';
  readonly field: string;
  readonly message: string;
}

/** `deployments.apps`, or `pods` for the core group. */
export function qualifiedName(resource: Pick<ResourceName, 'group' | 'resource'>): string {
  return resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`;
}

function detailsOf(resource: ResourceName, name: string): JsonObject {
  return {
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.resource,
  };
}

/** 404 for an object that is not there. */
export function notFound(resource: ResourceName, name: string): ApiError {
  const message = `${qualifiedName(resource)} "${name}" not found`;
  return new ApiError(404, 'NotFound', message, detailsOf(resource, name));
}

/** 404 for a path that no route serves. */
export class NoSuchPath extends ApiError {
  constructor() {
    super(404, 'NotFound', 'the server could not find the requested resource', {});
  }
}

/** Where a group is the server's own, its paths that lead nowhere are answered like any mistake. */
export function noSuchPath(): NoSuchPath {
  return new NoSuchPath();
}

/** 409 for a name that is taken. */
export function alreadyExists(resource: ResourceName, name: string): ApiError {
  const message = `${qualifiedName(resource)} "${name}" already exists`;
  return new ApiError(409, 'AlreadyExists', message, detailsOf(resource, name));
}

/** 409 for a write that does not fit the stored version; `why` completes the sentence. */
export function conflict(resource: ResourceName, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, detailsOf(resource, name));
}

/** 409 for a write based on an old resourceVersion. */
export function staleVersion(resource: ResourceName, name: string): ApiError {
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return conflict(resource, name, why);
}

/** 403; `why` completes `pods "x" is forbidden: `. Without a name the resource alone is named. */
export function forbidden(resource: ResourceName, name: string, why: string): ApiError {
  const what = name === '' ? qualifiedName(resource) : `${qualifiedName(resource)} "${name}"`;
  const details: JsonObject = { ...detailsOf(resource, name) };
  if (name === '') delete details['name'];
  return new ApiError(403, 'Forbidden', `${what} is forbidden: ${why}`, details);
}

/** 400 with a plain message. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** 422 with one cause per problem; there must be at least one. */
export function invalid(kind: GroupVersionKind, name: string, problems: readonly FieldProblem[]): ApiError {
  const lines = [...new Set(problems.map(({ field, message }) => `${field}: ${message}`))];
  const list = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  const qualified = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  return new ApiError(422, 'Invalid', `${qualified} "${name}" is invalid: ${list}`, {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    ...(kind.kind === '' ? {} : { kind: kind.kind }),
    causes: problems.map(({ reason, field, message }) => ({ reason, message, field })),
  });
}

/** 401 without saying why, like the real server. */
export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

/** 405. */
export function methodNotAllowed(): ApiError {
  const message = 'the server does not allow this method on the requested resource';
  return new ApiError(405, 'MethodNotAllowed', message, {});
}

/** 410 for a watch or a continue token from before the log begins. */
export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

/** 415; the server names what it accepts. */
export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new ApiError(415, 'UnsupportedMediaType', message);
}

/** 413. */
export function tooLarge(limit: number): ApiError {
  const message = `Request entity too large: limit is ${limit}`;
  return new ApiError(413, 'RequestEntityTooLarge', message);
}

/** 501: what the real server does and the emulator does not. Never a success instead. */
export function notImplemented(operation: string): ApiError {
  return new ApiError(501, 'NotImplemented', `the cluster emulator does not implement ${operation}`);
}
