/** The text of what a function gave back, by the type of its output. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, entityOf, flagOf, hasPart, numberOf, partOf, partsOf, textOf } from './entity.ts';
import { printValue } from './go-value.ts';
import { drawDetails } from './print.ts';
import { asLines, decode } from './unit-view.ts';

/** The decoded output; undefined if there is none. */
export function outputOf(response: Entity): string | undefined {
  const output = textOf(response, 'Output');
  return output === '' ? undefined : decode(output);
}

/** The values of an attribute list, one per line. */
export function valuesOf(response: Entity): string[] {
  return entitiesOf(parse(outputOf(response) ?? 'null')).map((attribute) => printValue(attribute['Value']));
}

/** Success, configuration and output of one unit, as the flags ask for. */
export function drawInvocation(call: Invocation, response: Entity): string {
  const [quiet, outputOnly, dataOnly] = ['quiet', 'output-only', 'data-only'].map((flag) =>
    call.flags.on(flag),
  );
  const valuesOnly = call.flags.on('output-values-only');
  const full = quiet !== true && outputOnly !== true && dataOnly !== true && !valuesOnly;
  const parts = full ? [drawSuccess(response)] : [];
  const changed = textOf(response, 'ConfigData') !== '' && isFilled(response['Mutators']);
  const data = asLines(decode(textOf(response, 'ConfigData')));
  if (dataOnly === true) parts.push(data);
  else if (full && changed) parts.push(`CONFIGDATA\n---------\n${data}`);
  const output = outputOf(response);
  if ((!full && outputOnly !== true) || output === undefined || output.trim() === 'null')
    return parts.join('');
  if (outputOnly !== true) parts.push('OUTPUT\n------\n');
  parts.push(drawOutput(response, output, call.flags.on('output-json')));
  return parts.join('');
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function drawSuccess(response: Entity): string {
  const success = flagOf(response, 'Success');
  const rows: (readonly [string, string])[] = [['SUCCESS', String(success)]];
  if (!success && hasPart(response, 'Error')) {
    const error = partOf(response, 'Error');
    const details = Array.isArray(error['Details']) ? error['Details'].map(String) : [];
    rows.push(['ERROR', textOf(error, 'Message') + (details.length > 0 ? `: ${details.join('; ')}` : '')]);
  }
  return drawDetails(rows);
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

const TYPES = [
  'YAML',
  'AttributeValueList',
  'ValidationResult',
  'ValidationResultList',
  'ResourceInfoList',
  'ResourceList',
];

/** Raw output of an unknown type stays in base64: so does the original's. */
function drawOutput(response: Entity, output: string, raw: boolean): string {
  const type = textOf(response, 'OutputType');
  const value = parse(output);
  if (value === undefined || raw) return asLines(TYPES.includes(type) ? output : textOf(response, 'Output'));
  if (type === 'YAML') return asLines(textOf(entityOf(value), 'Payload'));
  if (type === 'AttributeValueList') return entitiesOf(value).map(drawAttribute).join('');
  if (type === 'ValidationResult' || type === 'ValidationResultList')
    return Array.isArray(value)
      ? entitiesOf(value)
          .map((result) => drawResult(result, ` ${numberOf(result, 'Index')}`))
          .join('')
      : drawResult(entityOf(value), '');
  if (type === 'ResourceInfoList' || type === 'ResourceList')
    return entitiesOf(value)
      .map((resource) => drawResource(resource, type === 'ResourceList'))
      .join('');
  return asLines(JSON.stringify(value, null, 2));
}

function drawAttribute(attribute: Entity): string {
  const fields = ['DataType', 'Path', 'ResourceName', 'ResourceType'].map((field) =>
    textOf(attribute, field),
  );
  return `${[printValue(attribute['Value']), ...fields].join(' ')}\n`;
}

function drawResult(result: Entity, index: string): string {
  const details = Array.isArray(result['Details']) ? result['Details'].map(String) : [];
  const told = details.length > 0 ? ` ${details.join(', ')}` : '';
  const failed = partsOf(result, 'FailedAttributes').map(drawAttribute).join('');
  return `${String(flagOf(result, 'Passed'))}${index}${told}\nAttributes:\n${failed}`;
}

function drawResource(resource: Entity, withBody: boolean): string {
  const name = `${textOf(resource, 'ResourceName')} ${textOf(resource, 'ResourceType')}`;
  return withBody ? `${name}:\n${asLines(textOf(resource, 'ResourceBody'))}` : `${name}\n`;
}
