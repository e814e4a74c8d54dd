/** A pod's own resolver configuration. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readList, readObject, readObjects, readText, readTexts } from '../objects/fields.ts';
import { checkAddress } from './addresses.ts';
import { checkFormat, formats } from './names.ts';
import { invalidValue, required } from './problems.ts';

const mostServers = 3;

/** The problems of `dnsConfig`, which a pod without a policy needs. */
export function checkNameServers(field: string, spec: JsonObject): FieldProblem[] {
  const config = readObject(spec, 'dnsConfig');
  const servers = readTexts(config, 'nameservers');
  const at = `${field}.nameservers`;
  if (spec['dnsPolicy'] === 'None' && servers.length === 0) {
    return spec['dnsConfig'] === undefined
      ? [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')]
      : [required(at, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  }
  const words = `must not have more than ${mostServers} nameservers`;
  return [
    ...(servers.length > mostServers ? [invalidValue(at, readList(config, 'nameservers'), words)] : []),
    ...servers.flatMap((server, index) => checkAddress(`${at}[${index}]`, server)),
    ...readTexts(config, 'searches').flatMap((search, index) =>
      search === '.'
        ? []
        : checkFormat(`${field}.searches[${index}]`, search.replace(/\.$/, ''), formats.searchPath),
    ),
    ...readObjects(config, 'options').flatMap((option, index) =>
      readText(option, 'name') === '' ? [required(`${field}.options[${index}]`, 'must not be empty')] : [],
    ),
  ];
}
