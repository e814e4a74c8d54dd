/** Requests that no honest client sends, and what a real API server was measured to answer. */
import type { Call } from '../../helper/kube-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const ca = `${maps}/kube-root-ca.crt`;
const deployments = '/apis/apps/v1/namespaces/default/deployments';
const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
const anchors = Array.from({ length: 9 }, (_, level) => `*a${level}`);
const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${anchors.map((anchor, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(anchor).join(',')}]\n`).join('')}`;

const bytes = (...values: readonly number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);
const magic = [0x6b, 0x38, 0x73, 0];
const typed = (type: string, body: Call['body']): Call => ({
  headers: { 'content-type': type },
  ...(body === undefined ? {} : { body }),
});
const yaml = (body: string): Call => typed('application/yaml', body);
const protobuf = (...values: readonly number[]): Call =>
  typed('application/vnd.kubernetes.protobuf', bytes(...values));
const merge = (body: string): Call => typed('application/merge-patch+json', body);

const unread = 'the object provided is unrecognized (must be of type ConfigMap): ';
const noJson = `${unread}couldn't get version/kind; json parse error: `;
const noName = 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required';
const lost = 'the server could not find the requested resource';
const notAllowed = 'the server does not allow this method on the requested resource';
const options = (kind: string, why: string): string => `${kind}.meta.k8s.io "" is invalid: ${why}`;

/** What it is, the request, and how the answer begins. */
export type Case = readonly [name: string, request: string, call: Call, status: number, message: string];

export const bodies: readonly Case[] = [
  [
    'over the limit',
    `POST ${maps}`,
    { body: `{"a":"${'x'.repeat(300_000)}"}` },
    413,
    'Request entity too large: limit is',
  ],
  ['half an object', `POST ${maps}`, { body: '{"a":' }, 400, `${noJson}unexpected end of JSON input ({"a":)`],
  [
    'more than an object',
    `POST ${maps}`,
    { body: '{"metadata":{"name":"more"}} xxxx' },
    400,
    `${noJson}invalid character 'x' after top-level value ({"metadata":{"name":"more"}} x ...)`,
  ],
  [
    'a list',
    `POST ${maps}`,
    { body: '[]' },
    400,
    `${noJson}json: cannot unmarshal array into Go value of type struct`,
  ],
  ['a text', `POST ${maps}`, { body: '"x"' }, 400, `${noJson}json: cannot unmarshal string`],
  ['null', `POST ${maps}`, { body: 'null' }, 422, noName],
  ['nothing', `POST ${maps}`, { body: '' }, 400, `${noJson}unexpected end of JSON input (<empty>)`],
  [
    'zero bytes',
    `POST ${maps}`,
    { body: '\0\0' },
    400,
    `${noJson}invalid character '\\x00' looking for beginning of value (0000)`,
  ],
  [
    'a byte order mark',
    `POST ${maps}`,
    { body: '\u{feff}{}' },
    400,
    `${noJson}invalid character 'ï' looking for beginning of value (efbbbf7b7d)`,
  ],
  [
    'a gzipped body',
    `POST ${maps}`,
    { body: bytes(0x1f, 0x8b, 8, 0) },
    400,
    `${noJson}invalid character '\\x1f' looking for beginning of value (1f8b0800)`,
  ],
  ['a deep object', `POST ${maps}`, { body: deep }, 400, 'the body is nested too deeply'],
  ['a hundred thousand brackets', `POST ${maps}`, { body: '['.repeat(100_000) }, 400, noJson],
  [
    'a number too large',
    `POST ${deployments}`,
    { body: '{"spec":{"replicas":99999999999}}' },
    400,
    'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number 99999999999',
  ],
  [
    'half a number',
    `POST ${deployments}`,
    { body: '{"spec":{"replicas":1.5}}' },
    400,
    'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number 1.5',
  ],
  [
    'metadata that is a list',
    `POST ${maps}`,
    { body: '{"metadata":[]}' },
    400,
    'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal array',
  ],
  [
    'a name that climbs',
    `POST ${maps}`,
    { body: { metadata: { name: '../x' } } },
    422,
    'ConfigMap "../x" is invalid: metadata.name: Invalid value: "../x"',
  ],
  [
    '__proto__ as a field',
    `POST ${maps}?fieldValidation=Strict`,
    { body: '{"__proto__":{"x":1},"metadata":{"name":"p"}}' },
    400,
    'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "__proto__"',
  ],
  [
    'an unknown media type',
    `POST ${maps}`,
    typed('text/html', 'x'),
    415,
    'the body of the request was in an unknown format - accepted media types include: application/json',
  ],
  [
    'no media type',
    `POST ${maps}`,
    typed(';;;', '{}'),
    415,
    'the body of the request was in an unknown format',
  ],
];

export const others: readonly Case[] = [
  ['a YAML bomb', `POST ${maps}`, yaml(bomb), 400, `${unread}yaml: `],
  [
    'an anchor within itself',
    `POST ${maps}`,
    yaml('metadata: {name: x}\na: &a [*a]\n'),
    400,
    `${unread}yaml: `,
  ],
  [
    'an anchor twice within itself',
    `POST ${maps}`,
    yaml('metadata: {name: x}\na: &a [*a, *a]\n'),
    400,
    `${unread}yaml: `,
  ],
  ['deep YAML', `POST ${maps}`, yaml(`a: ${'['.repeat(20_000)}`), 400, `${unread}yaml: `],
  ['a tab', `POST ${maps}`, yaml('a:\n\t- b'), 400, `${unread}yaml: `],
  ['YAML that is a list', `POST ${maps}`, yaml('- a'), 400, `${noJson}json: cannot unmarshal array`],
  ['YAML of a comment', `POST ${maps}`, yaml('# nothing\n'), 422, noName],
  [
    'a YAML bomb that is applied',
    `PATCH ${maps}/x?fieldManager=a`,
    typed('application/apply-patch+yaml', bomb),
    400,
    'error decoding YAML: error converting YAML to JSON: yaml: ',
  ],
  [
    'broken protobuf',
    `POST ${maps}`,
    protobuf(...magic, 0xff, 0xff),
    400,
    `${unread}unexpected EOF (6b387300ffff)`,
  ],
  [
    'protobuf without its beginning',
    `POST ${maps}`,
    protobuf(1, 2, 3, 4, 5),
    400,
    `${unread}provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (0102030405)`,
  ],
  [
    'protobuf that promises too much',
    `POST ${maps}`,
    protobuf(...magic, 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f),
    400,
    `${unread}unexpected EOF`,
  ],
  [
    'JSON that calls itself protobuf',
    `POST ${maps}`,
    typed('application/vnd.kubernetes.protobuf', '{"a":1}'),
    400,
    `${unread}provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({"a":1})`,
  ],
  [
    'protobuf that calls itself JSON',
    `POST ${maps}`,
    { body: bytes(...magic, 1, 2) },
    400,
    `${noJson}invalid character 'k' looking for beginning of value (6b3873000102)`,
  ],
  ['a patch of an unknown kind', `PATCH ${ca}`, { body: '{}' }, 415, ''],
  [
    'a patch that is text',
    `PATCH ${ca}`,
    merge('"x"'),
    400,
    'error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}',
  ],
  [
    'a patch with too many operations',
    `PATCH ${ca}`,
    typed('application/json-patch+json', JSON.stringify(Array.from({ length: 10_001 }, () => ({ op: 'x' })))),
    400,
    'The allowed maximum operations in a JSON patch is 10000, got 10001',
  ],
  [
    'an applied body without a manager',
    `PATCH ${ca}`,
    typed('application/apply-patch+yaml', '{}'),
    422,
    options('PatchOptions', 'fieldManager: Required value: is required for apply patch'),
  ],
];

export const paths: readonly Case[] = [
  ['a path that climbs', `GET ${maps}/..%2fsecrets`, {}, 404, ''],
  ['an encoded slash', `GET ${maps}/a%2Fb`, {}, 404, ''],
  ['a broken escape', `GET ${maps}/%zz`, {}, 404, ''],
  ['a group of JavaScript', 'GET /apis/apps/v1/constructor', {}, 404, lost],
  ['a kind of JavaScript', 'GET /api/v1/namespaces/default/__proto__', {}, 404, lost],
  ['a name of JavaScript', `GET ${maps}/__proto__`, {}, 404, 'configmaps "__proto__" not found'],
  ['a creation under a name', `POST ${maps}/x`, { body: '{}' }, 405, notAllowed],
  ['an update of all', `PUT ${maps}`, { body: '{}' }, 405, notAllowed],
  [
    'a token of nonsense',
    `GET ${maps}?continue=%00`,
    {},
    400,
    'invalid continue token: continue key is not valid',
  ],
  [
    'a limit that is no number',
    `GET ${maps}?limit=x`,
    {},
    400,
    'strconv.ParseInt: parsing "x": invalid syntax',
  ],
  [
    'a limit beyond numbers',
    `GET ${maps}?limit=99999999999999999999`,
    {},
    400,
    'strconv.ParseInt: parsing "99999999999999999999": value out of range',
  ],
  [
    'a time that is no number',
    `GET ${maps}?watch=1&timeoutSeconds=x`,
    {},
    400,
    'strconv.ParseInt: parsing "x": invalid syntax',
  ],
  [
    'a version that is no number',
    `GET ${maps}?resourceVersion=x`,
    {},
    400,
    'invalid resource version: resourceVersion: Invalid value: "x"',
  ],
  [
    'a version of an object that is no number',
    `GET ${ca}?resourceVersion=x`,
    {},
    500,
    'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ],
  [
    'a version to come',
    `GET ${maps}?resourceVersion=999999999`,
    {},
    504,
    'Timeout: Too large resource version: 999999999, current: ',
  ],
  [
    'a match without a version',
    `GET ${maps}?resourceVersionMatch=Exact`,
    {},
    422,
    options(
      'ListOptions',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ),
  ],
  [
    'an unknown match',
    `GET ${maps}?resourceVersion=1&resourceVersionMatch=Foo`,
    {},
    422,
    options(
      'ListOptions',
      'resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""',
    ),
  ],
  [
    'initial events of a list',
    `GET ${maps}?sendInitialEvents=true`,
    {},
    422,
    options('ListOptions', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'),
  ],
  [
    'initial events of any version',
    `GET ${maps}?watch=1&sendInitialEvents=true`,
    {},
    422,
    options(
      'ListOptions',
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ),
  ],
  [
    'a dry run of a kind',
    `POST ${maps}?dryRun=x`,
    { body: '{}' },
    422,
    options('CreateOptions', 'dryRun: Unsupported value: ["x"]: supported values: "All"'),
  ],
  [
    'a validation of a kind',
    `PUT ${ca}?fieldValidation=x`,
    { body: '{}' },
    422,
    options(
      'UpdateOptions',
      'fieldValidation: Unsupported value: "x": supported values: "", "Ignore", "Strict", "Warn"',
    ),
  ],
  [
    'a manager without end',
    `POST ${maps}?fieldManager=${'x'.repeat(200)}`,
    { body: '{}' },
    422,
    options('CreateOptions', 'fieldManager: Too long: may not be more than 128 bytes'),
  ],
  [
    'a deletion of a kind',
    `DELETE ${ca}`,
    { body: '{"propagationPolicy":"Foo"}' },
    422,
    options(
      'DeleteOptions',
      'propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
    ),
  ],
  [
    'a selector of 15 KB',
    `GET ${maps}?labelSelector=${'a%2C'.repeat(5000)}`,
    {},
    400,
    "found '', expected: identifier after ','",
  ],
];
