/**
 * Which places of which resource types are known by which attribute name (an image, the replicas, a reference to a
 * ConfigMap), with the functions that get and set them. The table is the registry of the original, grouped.
 */
import table from '../data/function-paths.json' with { type: 'json' };
import type { AttributeDetails, FunctionInvocation } from './functions.ts';
import { normalisePath } from './path.ts';

/** A path with wildcards, or with `%s` for the arguments of its function. */
export interface RegisteredPath {
  readonly path: string;
  /** The place to which wildcards are narrowed; empty: all. */
  readonly constraint?: string;
  readonly attribute: string;
  readonly accessor?: Accessor;
  readonly details?: AttributeDetails;
  readonly isNamespacedOnly?: boolean;
}

/** Parts of a text that have a path of their own: `#uri`, `#reference`; `#subdomain`, `#domain`. */
export type Accessor = 'image' | 'hostname';

/** Registered paths by resource type; `*` is every type. */
export type PathsByType = ReadonlyMap<string, readonly RegisteredPath[]>;

interface Row {
  readonly registers: readonly string[];
  readonly types: readonly string[];
  readonly paths: readonly string[];
  readonly attribute: string;
  readonly accessor?: string;
  readonly getter?: string;
  readonly setters?: readonly string[];
  readonly named?: boolean;
  readonly namespacedOnly?: boolean;
}

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(table.clusterScoped);
const REGISTERS = new Map<string, Map<string, RegisteredPath[]>>();

/** Every path is under one general name too, normalised, so that a path that a user wrote finds its attribute. */
const GENERAL = 'attribute-value';

/** The template by which `set-default-names` names things. */
const NAME_TEMPLATE = '{{.NormalizedUnitName}}-{{.NormalizedSpaceName}}';

for (const row of table.rows as readonly Row[])
  for (const register of row.registers) for (const type of row.types) add(register, type, row);

/** The paths of an attribute name; none if it is unknown. */
export function pathsOf(register: string): PathsByType {
  return REGISTERS.get(register) ?? new Map<string, RegisteredPath[]>();
}

/** True for known types that have no namespace. */
export function isClusterScoped(type: string): boolean {
  return CLUSTER_SCOPED.has(type);
}

/** A path that a user wrote, with what is registered for it. */
export function pathOfUser(type: string, path: string): PathsByType {
  const wanted = normalisePath(path);
  const general = pathsOf(GENERAL);
  const known = [type, '*']
    .flatMap((one) => general.get(one) ?? [])
    .find((registered) => normalisePath(registered.path) === wanted);
  const base = known ?? { path, attribute: GENERAL };
  const isPlace = !/[?*|]/.test(path) && !path.includes('@');
  return new Map([[type, [isPlace ? { ...base, constraint: path } : { ...base, path }]]]);
}

function add(register: string, type: string, row: Row): void {
  const byType = REGISTERS.get(register) ?? new Map<string, RegisteredPath[]>();
  REGISTERS.set(register, byType);
  const paths = byType.get(type) ?? [];
  byType.set(type, paths);
  const details = detailsOf(row);
  for (const path of row.paths)
    paths.push({
      path,
      attribute: row.attribute,
      ...(row.accessor === undefined ? {} : { accessor: row.accessor as Accessor }),
      ...(details === undefined ? {} : { details }),
      ...(row.namespacedOnly === true ? { isNamespacedOnly: true } : {}),
    });
}

function detailsOf({ getter, setters, named }: Row): AttributeDetails | undefined {
  if (getter === undefined && setters === undefined) return undefined;
  return {
    ...(getter === undefined ? {} : { GetterInvocation: invocationOf(getter) }),
    ...(setters === undefined ? {} : { SetterInvocations: setters.map(invocationOf) }),
    ...(named === true ? { GenerationTemplate: NAME_TEMPLATE } : {}),
  };
}

/** `name` or `name:resource-type`. */
function invocationOf(text: string): FunctionInvocation {
  const [name = '', ...type] = text.split(':');
  const argument = { ParameterName: 'resource-type', Value: type.join(':') };
  return { FunctionName: name, Arguments: type.length === 0 ? [] : [argument] };
}
