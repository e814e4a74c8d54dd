/** Query parameters that are no options: refused, each in the API server's words, before anything is done. */
import { ApiError, badRequest, invalid, type FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { forbiddenField, tooLong, unsupported } from '../validation/problems.ts';
import type { ResourceRequest, Verb } from './request.ts';

const optionsOf: Partial<Record<Verb, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  list: 'ListOptions',
  watch: 'ListOptions',
  deletecollection: 'ListOptions',
};
const integers = ['limit', 'timeoutSeconds', 'gracePeriodSeconds'];
const MOST = 2n ** 63n;
const MOST_MANAGER = 128;

/** Throws ApiError. `newest` is the version that a client cannot be ahead of. */
export function checkOptions({ http: { query }, verb }: ResourceRequest, newest: number): void {
  for (const name of integers) checkInteger(query.get(name) ?? '');
  const kind = optionsOf[verb];
  const problems = kind === 'ListOptions' ? listProblems(query, verb === 'watch') : writeProblems(query);
  if (kind !== undefined && problems.length > 0) throw invalidOptions(kind, problems);
  if (verb === 'get' || verb === 'list') checkVersion(query.get('resourceVersion') ?? '', verb, newest);
}

/** 422 for options. */
export function invalidOptions(kind: string, problems: readonly FieldProblem[]): ApiError {
  return invalid({ group: 'meta.k8s.io', version: 'v1', kind }, '', problems);
}

function checkInteger(text: string): void {
  if (text === '') return;
  const why = /^[-+]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
  if (why === 'invalid syntax' || BigInt(text) >= MOST || BigInt(text) < -MOST)
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
}

function writeProblems(query: URLSearchParams): FieldProblem[] {
  const wrong = query.getAll('dryRun').filter((value) => value !== '' && value !== 'All');
  const mode = query.get('fieldValidation') ?? '';
  const modes = ['', 'Ignore', 'Strict', 'Warn'];
  return [
    ...((query.get('fieldManager') ?? '').length > MOST_MANAGER
      ? [tooLong('fieldManager', MOST_MANAGER)]
      : []),
    ...(wrong.length > 0 ? [unsupported('dryRun', wrong, ['All'])] : []),
    ...(modes.includes(mode) ? [] : [unsupported('fieldValidation', mode, modes)]),
  ];
}

function listProblems(query: URLSearchParams, isWatch: boolean): FieldProblem[] {
  const match = query.get('resourceVersionMatch') ?? '';
  const forbid = (field: string, why: string): FieldProblem[] => [forbiddenField(field, why)];
  if (query.has('sendInitialEvents')) {
    if (!isWatch) return forbid('sendInitialEvents', 'sendInitialEvents is forbidden for list');
    const why = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
    return match === 'NotOlderThan' ? [] : forbid('resourceVersionMatch', why);
  }
  if (match === '') return [];
  const why = whyNoMatch(query, isWatch, match);
  if (why !== undefined) return forbid('resourceVersionMatch', `resourceVersionMatch ${why}`);
  const known = ['Exact', 'NotOlderThan', ''];
  return known.includes(match) ? [] : [unsupported('resourceVersionMatch', match, known)];
}

function whyNoMatch(query: URLSearchParams, isWatch: boolean, match: string): string | undefined {
  const version = query.get('resourceVersion') ?? '';
  if (isWatch) return 'is forbidden for watch unless sendInitialEvents is provided';
  if (version === '') return 'is forbidden unless resourceVersion is provided';
  if ((query.get('continue') ?? '') !== '') return 'is forbidden when continue is provided';
  return match === 'Exact' && version === '0' ? '"exact" is forbidden for resourceVersion "0"' : undefined;
}

function checkVersion(text: string, verb: 'get' | 'list', newest: number): void {
  if (!/^\d*$/.test(text)) {
    const error = versionSyntax(text);
    throw verb === 'get' ? error : badRequest(`invalid resource version: ${error.message}`);
  }
  if (Number(text) <= newest) return;
  const cause: JsonObject = { reason: 'ResourceVersionTooLarge', message: 'Too large resource version' };
  const message = `Timeout: Too large resource version: ${text}, current: ${newest}`;
  throw new ApiError(504, 'Timeout', message, { causes: [cause], retryAfterSeconds: 1 });
}

/** What a watch or a get says of a version that is no number: this one error of the server has no reason. */
export function versionSyntax(text: string): ApiError {
  const shown = JSON.stringify(text);
  const why = `strconv.ParseUint: parsing ${shown}: invalid syntax`;
  return new ApiError(500, '', `resourceVersion: Invalid value: ${shown}: ${why}`);
}
