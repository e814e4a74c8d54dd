/** Decides which resources fulfil an expression. Each condition is decided alone: a resource must fulfil all of them. */
import { getAttributes } from '../functions/attributes.ts';
import { Failures, FunctionFailure } from '../functions/failure.ts';
import { nodeAt, typeOf, valueOf } from '../functions/nodes.ts';
import type { ConfigDocument } from '../functions/nodes.ts';
import { splitPath } from '../functions/path.ts';
import { pathOfUser } from '../functions/registered-paths.ts';
import { resourceInfo } from '../functions/resource.ts';
import { visitPaths } from '../functions/visit.ts';
import { holds } from './compare.ts';
import { parseWhereData } from './parse.ts';
import type { DataCondition } from './where-data.ts';

/** True if one resource of the type fulfils all conditions. `*` is every type. Throws FunctionFailure. */
export function matchesData(
  documents: readonly ConfigDocument[],
  resourceType: string,
  expression: string,
): boolean {
  const conditions = parseWhereData(expression);
  if (conditions.length === 0)
    return documents.some((doc) => resourceInfo(doc).ResourceType === resourceType);
  let names: ReadonlySet<string> | undefined;
  for (const condition of conditions) {
    const found = resourcesFor(documents, resourceType, condition);
    names = names === undefined ? found : names.intersection(found);
  }
  return (names?.size ?? 0) > 0;
}

function resourcesFor(
  documents: readonly ConfigDocument[],
  resourceType: string,
  condition: DataCondition,
): Set<string> {
  return condition.ifPresent === undefined
    ? resourcesWithValue(documents, resourceType, condition)
    : resourcesWithPart(documents, resourceType, condition, condition.ifPresent);
}

function resourcesWithValue(
  documents: readonly ConfigDocument[],
  resourceType: string,
  condition: DataCondition,
): Set<string> {
  const paths = pathOfUser(resourceType, condition.path);
  const values = getAttributes(documents, { paths }, { type: condition.type });
  const failures = new Failures();
  const names = new Set<string>();
  for (const { ResourceName, Value } of values)
    failures.attempt(() => {
      if (holds(condition, Value)) names.add(ResourceName);
    });
  failures.rethrow();
  return names;
}

/** The path before `.|` must be there; what follows may be missing, which is "not equal" and nothing else. */
function resourcesWithPart(
  documents: readonly ConfigDocument[],
  resourceType: string,
  condition: DataCondition,
  part: string,
): Set<string> {
  const names = new Set<string>();
  visitPaths(documents, { paths: pathOfUser(resourceType, condition.path) }, ({ doc, node, resource }) => {
    const found = nodeAt(doc, splitPath(part), node);
    const fulfils =
      found === undefined
        ? condition.operator === '!='
        : holdsTyped(condition, valueOf(doc, found), typeOf(doc, found));
    if (fulfils) names.add(resource.ResourceName);
  });
  return names;
}

function holdsTyped(condition: DataCondition, value: unknown, actual: string): boolean {
  const isList = condition.operator === 'IN' || condition.operator === 'NOT IN';
  const type = actual === 'float64' ? 'int' : actual;
  if (!isList && type !== condition.type) throw new FunctionFailure(mismatch(condition.type, actual));
  return holds(condition, value);
}

function mismatch(type: DataCondition['type'], actual: string): string {
  return `internal error: expected ${type === 'int' ? 'number' : type} but got ${actual}`;
}
