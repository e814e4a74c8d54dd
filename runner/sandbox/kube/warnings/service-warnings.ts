/** What the server warns of in Services (pkg/api/service/warnings.go). */
import type { JsonObject } from '../kube.ts';
import { readMap, readObject, readText, readTexts } from '../objects/fields.ts';
import { parseAddress } from '../validation/addresses.ts';

const hints = 'service.kubernetes.io/topology-aware-hints';
const mode = 'service.kubernetes.io/topology-mode';

/** The warnings of a Service. */
export function warnOfService(service: JsonObject): string[] {
  const spec = readObject(service, 'spec');
  const type = readText(spec, 'type');
  const isHeadless = type === 'ClusterIP' && readText(spec, 'clusterIP') === 'None';
  const balancer = readText(spec, 'loadBalancerIP');
  const outside = readTexts(spec, 'externalIPs');
  const when = (holds: boolean, words: string): string[] => (holds ? [words] : []);
  const isElsewhere = type === 'ExternalName';
  return [
    ...when(
      readMap(service, 'metadata', 'annotations')[hints] !== undefined,
      `annotation ${hints} is deprecated, please use ${mode} instead`,
    ),
    ...warnOfAddresses('spec.clusterIPs', readTexts(spec, 'clusterIPs')),
    ...when(isHeadless && balancer !== '', 'spec.loadBalancerIP is ignored for headless services'),
    ...when(isHeadless && outside.length > 0, 'spec.externalIPs is ignored for headless services'),
    ...when(
      isHeadless && readText(spec, 'sessionAffinity') !== 'None',
      'spec.SessionAffinity is ignored for headless services',
    ),
    ...warnOfAddresses('spec.externalIPs', outside),
    ...when(
      isElsewhere && outside.length > 0,
      'spec.externalIPs is ignored when spec.type is "ExternalName"',
    ),
    ...when(
      !isElsewhere && readText(spec, 'externalName') !== '',
      'spec.externalName is ignored when spec.type is not "ExternalName"',
    ),
  ];
}

/** Zeros before a number mean an octal number elsewhere. */
function warnOfAddresses(field: string, addresses: readonly string[]): string[] {
  return addresses.flatMap((address, index) => {
    const plain = parseAddress(address)?.join('.') ?? address;
    if (plain === address) return [];
    const words = `non-standard IP address "${address}" will be considered invalid in a future Kubernetes release`;
    return [`${field}[${index}]: ${words}: use "${plain}"`];
  });
}
