/** Which words some flags and arguments take. */
import type { ProgramCall } from '../contract/calls.ts';

const TOOLCHAINS = [
  'Kubernetes/YAML',
  'OpenTofu/HCL',
  'AppConfig/Properties',
  'AppConfig/TOML',
  'AppConfig/INI',
  'AppConfig/Env',
];

const ENTITIES =
  'Unit Space Link Target BridgeWorker Worker Filter ChangeSet Tag Trigger Invocation Set View Revision Mutation UnitEvent User Organization OrganizationMember'.split(
    ' ',
  );

/** The pattern is tested with the command and the flag, such as `cub unit tree --edge`. */
export const ENUMS: readonly { readonly pattern: RegExp; readonly values: readonly string[] }[] = [
  { pattern: /^cub (?:unit|target) create --toolchain$|^toolchain$/, values: TOOLCHAINS },
  { pattern: /^cub target create --provider$/, values: ['Kubernetes', 'AWS', 'FluxOCIWriter', 'ConfigMap'] },
  { pattern: /^cub unit tree --edge$/, values: ['clone', 'link'] },
  { pattern: /^cub unit tree --node$/, values: ['unit', 'space'] },
  { pattern: /^cub view .* --order-by-direction$/, values: ['ASC', 'DESC'] },
  { pattern: /^filter from$/, values: ENTITIES },
  { pattern: /^trigger event$/, values: ['Mutation', 'PreClone', 'PostClone'] },
  { pattern: /^kubectl .* --dry-run$/, values: ['none', 'client', 'server', 'true', 'false', 'unchanged'] },
  { pattern: /^kubectl .* --cascade$/, values: ['background', 'foreground', 'orphan', 'true', 'false'] },
  { pattern: /^kubectl run --restart$/, values: ['Always', 'OnFailure', 'Never'] },
  { pattern: /^kubectl run --image-pull-policy$/, values: ['Always', 'IfNotPresent', 'Never'] },
  { pattern: /^kubectl patch --type$/, values: ['json', 'merge', 'strategic'] },
  { pattern: /^kubectl .* --validate$/, values: ['strict', 'warn', 'ignore', 'true', 'false'] },
];

/** Flags whose value is the name of one entity in the command's space. */
export const SLUG_FLAGS: RegExp =
  /^(?:unit|upstream-unit|upstream-space|dest-space|target|from-target|from-target-space|worker)$/;

/** Commands whose first argument is such a name. */
export const UNIT_FIRST: RegExp =
  /^(?:unit (?:get|apply|approve|update|delete|destroy|refresh|edit|diff|push-upgrade|set-target)|(?:revision|mutation|unit-event) (?:list|get)|(?:space|worker|link|filter|changeset|tag|trigger|set|view|invocation|target) (?:get|delete|update|install))$/;

const COMMON = ['json', 'yaml', 'kyaml', 'name'];
const TEMPLATES = [
  'go-template',
  'go-template-file',
  'template',
  'templatefile',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
];
const TABLES = ['wide', 'custom-columns', 'custom-columns-file'];

/** What `kubectl … -o` takes, where it is known. */
export function outputFormats({ program, path }: ProgramCall, flag: string): readonly string[] | undefined {
  if (program.name !== 'kubectl' || flag !== 'output') return undefined;
  if (path === 'get') return [...COMMON, ...TEMPLATES, ...TABLES];
  if (path === 'version') return ['json', 'yaml'];
  const prints =
    /^(?:apply|create|run|patch|label|annotate|scale|expose|replace|set |autoscale|edit|taint|config view)/;
  return prints.test(path) ? [...COMMON, ...TEMPLATES] : undefined;
}
