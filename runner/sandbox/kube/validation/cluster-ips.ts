/** Cluster IPs and address families of a Service (ValidateServiceClusterIPsRelatedFields). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readText, readTexts } from '../objects/fields.ts';
import { checkAddress } from './addresses.ts';
import { duplicate, forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const field = 'spec.clusterIPs';

/** Whether a Service has no address of its own. */
export function isHeadless(spec: JsonObject): boolean {
  const addresses = readTexts(spec, 'clusterIPs');
  return addresses.length === 1 && addresses[0] === 'None';
}

/** The problems of a Service's addresses and families. */
export function checkClusterIps(spec: JsonObject): FieldProblem[] {
  if (readText(spec, 'type') === 'ExternalName') return [];
  const addresses = readTexts(spec, 'clusterIPs');
  const policy = readText(spec, 'ipFamilyPolicy');
  const places = addresses.flatMap((address, index) =>
    index === 0 && address === 'None' ? [] : checkAddress(`${field}[${index}]`, address),
  );
  return [
    ...checkFirst(readText(spec, 'clusterIP'), addresses),
    ...checkFamilies(readTexts(spec, 'ipFamilies')),
    ...(policy === '' || policies.includes(policy)
      ? []
      : [unsupported('spec.ipFamilyPolicy', policy, policies)]),
    ...places,
    ...(addresses.length > 2 ? [invalidValue(field, addresses, 'may only hold up to 2 values')] : []),
    ...(places.length > 0 ? [] : checkAgainstFamilies(spec, addresses)),
  ];
}

/** `clusterIP` is the first of `clusterIPs`. */
function checkFirst(address: string, addresses: string[]): FieldProblem[] {
  if (address === '') {
    const words = 'must be empty when `clusterIP` is not specified';
    return addresses.length > 0 ? [invalidValue(field, addresses, words)] : [];
  }
  if (addresses.length === 0) return [required(field)];
  return addresses[0] === address
    ? []
    : [invalidValue(field, addresses, 'first value must match `clusterIP`')];
}

function checkFamilies(given: readonly string[]): FieldProblem[] {
  return given.flatMap((family, index) => {
    const at = `spec.ipFamilies[${index}]`;
    return [
      ...(families.includes(family) ? [] : [unsupported(at, family, families)]),
      ...(given.indexOf(family) < index ? [duplicate(at, family)] : []),
    ];
  });
}

function checkAgainstFamilies(spec: JsonObject, addresses: readonly string[]): FieldProblem[] {
  if (isHeadless(spec)) return [];
  return readTexts(spec, 'ipFamilies').flatMap((family, index) => {
    const address = addresses[index];
    if (address === undefined || familyOf(address) === family) return [];
    const words = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    return [invalidValue(`${field}[${index}]`, address, words)];
  });
}

/** The family of an address. */
export function familyOf(address: string): string {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/** A name elsewhere has no addresses here. */
export function refuseClusterIps(spec: JsonObject): FieldProblem[] {
  const isGiven = (name: string): boolean => readTexts(spec, name).length > 0 || readText(spec, name) !== '';
  return ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']
    .filter(isGiven)
    .map((name) => forbiddenField(`spec.${name}`, 'may not be set for ExternalName services'));
}
