/** Paths inside volumes, which must not lead out of them. */
import type { FieldProblem } from '../errors.ts';
import { invalidValue } from './problems.ts';

/** A path that goes up nowhere. */
export function checkSteps(field: string, path: string): FieldProblem[] {
  return path.split('/').includes('..') ? [invalidValue(field, path, "must not contain '..'")] : [];
}

/** A relative path that goes up nowhere. */
export function checkLocalPath(field: string, path: string): FieldProblem[] {
  const isAbsolute = path.startsWith('/');
  return [
    ...(isAbsolute ? [invalidValue(field, path, 'must be a relative path')] : []),
    ...checkSteps(field, path),
  ];
}

/** Also not one of the names that the kubelet keeps for itself. */
export function checkFreePath(field: string, path: string): FieldProblem[] {
  const isReserved = path.startsWith('..') && !path.startsWith('../');
  return [
    ...checkLocalPath(field, path),
    ...(isReserved ? [invalidValue(field, path, "must not start with '..'")] : []),
  ];
}
