/** Volumes of a pod: a name, exactly one source, and files with keys, paths and modes. */
import { parseQuantity } from '../defaults/quantity.ts';
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readNumber, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkFieldRef, checkResourceRef, volumeFields } from './downward.ts';
import { checkFormat, formats } from './names.ts';
import { checkFreePath, checkSteps } from './paths.ts';
import { duplicate, forbiddenField, invalidValue, required, unsupported } from './problems.ts';

type SourceCheck = (field: string, source: JsonObject) => FieldProblem[];

const largestMode = 0o777;
const modeWords = 'must be a number between 0 and 0777 (octal), both inclusive';
const shortestToken = 600;
const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** In the order in which the server looks: the second one found is one too many. */
const sources: Readonly<Record<string, SourceCheck>> = {
  emptyDir: checkEmptyDir,
  hostPath: checkHostPath,
  secret: (field, source) => checkFiles(field, source, 'secretName'),
  persistentVolumeClaim: (field, source) => requireName(`${field}.claimName`, readText(source, 'claimName')),
  configMap: (field, source) => checkFiles(field, source, 'name'),
  downwardAPI: checkDownwardFiles,
  projected: checkProjected,
};

/** The problems of a pod's volumes, and the names of those that containers can mount. */
export function checkVolumes(
  field: string,
  volumes: readonly JsonObject[],
): { readonly problems: FieldProblem[]; readonly names: ReadonlySet<string> } {
  const names = new Set<string>();
  const problems = volumes.flatMap((volume, index) => {
    const at = `${field}[${index}]`;
    const name = readText(volume, 'name');
    const found = checkSource(at, volume);
    if (name === '') found.push(required(`${at}.name`));
    else found.push(...checkFormat(`${at}.name`, name, formats.label));
    if (names.has(name)) found.push(duplicate(`${at}.name`, name));
    else if (found.length === 0) names.add(name);
    return found;
  });
  return { problems, names };
}

function checkSource(field: string, volume: JsonObject): FieldProblem[] {
  const given = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined);
  const known = Object.keys(sources);
  const [chosen, ...more] = given.toSorted((left, right) => known.indexOf(left) - known.indexOf(right));
  if (chosen === undefined) return [required(field, 'must specify a volume type')];
  return [
    ...(sources[chosen]?.(`${field}.${chosen}`, readObject(volume, chosen)) ?? []),
    ...more.map((source) => forbiddenField(`${field}.${source}`, 'may not specify more than 1 volume type')),
  ];
}

function requireName(field: string, name: string): FieldProblem[] {
  return name === '' ? [required(field)] : [];
}

function checkEmptyDir(field: string, source: JsonObject): FieldProblem[] {
  const limit = source['sizeLimit'];
  if (limit === undefined || (parseQuantity(readText(source, 'sizeLimit')) ?? 0n) >= 0n) return [];
  return [forbiddenField(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')];
}

function checkHostPath(field: string, source: JsonObject): FieldProblem[] {
  const path = readText(source, 'path');
  const type = readText(source, 'type');
  if (path === '') return [required(`${field}.path`)];
  return [
    ...checkSteps(`${field}.path`, path),
    ...(hostPathTypes.includes(type) ? [] : [unsupported(`${field}.type`, type, hostPathTypes)]),
  ];
}

function checkFiles(field: string, source: JsonObject, nameField: string): FieldProblem[] {
  return [
    ...requireName(`${field}.${nameField}`, readText(source, nameField)),
    ...checkMode(`${field}.defaultMode`, readPath(source, 'defaultMode')),
    ...checkItems(`${field}.items`, source),
  ];
}

function checkItems(field: string, source: JsonObject): FieldProblem[] {
  return readObjects(source, 'items').flatMap((item, index) => {
    const at = `${field}[${index}]`;
    const path = readText(item, 'path');
    return [
      ...requireName(`${at}.key`, readText(item, 'key')),
      ...requireName(`${at}.path`, path),
      ...checkFreePath(`${at}.path`, path),
      ...checkMode(`${at}.mode`, readPath(item, 'mode')),
    ];
  });
}

function checkMode(field: string, mode: Json | undefined): FieldProblem[] {
  if (typeof mode !== 'number' || (mode >= 0 && mode <= largestMode)) return [];
  return [invalidValue(field, mode, modeWords)];
}

/** The server names no index here: all files of the volume are blamed alike. */
function checkDownwardFiles(field: string, source: JsonObject): FieldProblem[] {
  return readObjects(source, 'items').flatMap(({ fieldRef, resourceFieldRef }) => [
    ...(isObject(fieldRef) ? checkFieldRef(`${field}.fieldRef`, fieldRef, volumeFields) : []),
    ...(isObject(resourceFieldRef) ? checkResourceRef(`${field}.resourceFieldRef`, resourceFieldRef) : []),
  ]);
}

/** What a projected volume joins, in the order in which the server looks. */
const projections: Readonly<Record<string, SourceCheck>> = {
  secret: checkProjectedFiles,
  configMap: checkProjectedFiles,
  downwardAPI: checkDownwardFiles,
  serviceAccountToken: checkToken,
};

function checkProjected(field: string, source: JsonObject): FieldProblem[] {
  const mode = checkMode(`${field}.defaultMode`, readPath(source, 'defaultMode'));
  const joined = readObjects(source, 'sources').flatMap((projection, index) => {
    const at = `${field}.sources[${index}]`;
    const given = Object.keys(projections).filter((name) => isObject(projection[name]));
    const tooMany = forbiddenField(at, 'may not specify more than 1 volume type per source');
    return [
      ...given.flatMap((name) => projections[name]?.(`${at}.${name}`, readObject(projection, name)) ?? []),
      ...(given.length > 1 ? [tooMany] : []),
    ];
  });
  return [...mode, ...joined];
}

function checkProjectedFiles(field: string, source: JsonObject): FieldProblem[] {
  return [...requireName(`${field}.name`, readText(source, 'name')), ...checkItems(`${field}.items`, source)];
}

function checkToken(field: string, source: JsonObject): FieldProblem[] {
  const seconds = readNumber(source, 'expirationSeconds') ?? shortestToken;
  const path = readText(source, 'path');
  const words = 'may not specify a duration less than 10 minutes';
  const holder = field.replace(/\.sources\[\d+\]\.serviceAccountToken$/, '');
  return [
    ...(seconds < shortestToken ? [invalidValue(`${field}.expirationSeconds`, seconds, words)] : []),
    ...(path === '' ? [required(`${holder}.path`)] : checkFreePath(`${holder}.path`, path)),
  ];
}
