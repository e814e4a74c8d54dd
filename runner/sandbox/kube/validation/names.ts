/** Names, labels and annotations: the formats and the words of apimachinery's util/validation. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readText } from '../objects/fields.ts';
import { invalidValue, required, tooLong } from './problems.ts';

/** What a text must look like, and the words for when it does not. */
export interface NameFormat {
  readonly pattern: RegExp;
  readonly limit: number;
  readonly words: string;
  /** What is wrong with some texts besides, in words of their own. */
  readonly hint?: (text: string) => string | undefined;
  /** The hint is said in place of the words, not after them. */
  readonly hintAlone?: boolean;
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const looseLabel = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const subdomainPattern = new RegExp(String.raw`^${label}(\.${label})*$`);
const annotationLimit = 256 * 1024;

/** A path that leads upwards (hasChDirPrefix). */
function hintAtParent(text: string): string | undefined {
  if (text === '.' || text === '..') return `must not be '${text}'`;
  return text.startsWith('..') ? "must not start with '..'" : undefined;
}

/** Formats by the name that the server's sources give them. */
export const formats: Readonly<
  Record<
    | 'subdomain'
    | 'label'
    | 'serviceName'
    | 'labelValue'
    | 'qualifiedName'
    | 'configKey'
    | 'environmentName'
    | 'pathSegment'
    | 'httpHeader'
    | 'searchPath',
    NameFormat
  >
> = {
  subdomain: {
    pattern: subdomainPattern,
    limit: 253,
    words: String.raw`a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${label}(\.${label})*')`,
  },
  label: {
    pattern: new RegExp(`^${label}$`),
    limit: 63,
    words: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`,
    hint: (text) => (text.includes('.') && subdomainPattern.test(text) ? 'must not contain dots' : undefined),
    hintAlone: true,
  },
  serviceName: {
    pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    limit: 63,
    words: `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
  },
  labelValue: {
    pattern: new RegExp(`^(${qualifiedPart})?$`),
    limit: 63,
    words: `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${qualifiedPart})?')`,
  },
  qualifiedName: {
    pattern: new RegExp(`^${qualifiedPart}$`),
    limit: 63,
    words: `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPart}')`,
  },
  configKey: {
    pattern: /^[-._a-zA-Z0-9]+$/,
    limit: 253,
    words: `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    hint: hintAtParent,
  },
  environmentName: {
    pattern: /^[ -<>-~]+$/,
    limit: Number.POSITIVE_INFINITY,
    words: `a valid environment variable name must consist only of printable ASCII characters other than '='`,
  },
  httpHeader: {
    pattern: /^[-A-Za-z0-9]+$/,
    limit: Number.POSITIVE_INFINITY,
    words: `a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
  },
  searchPath: {
    pattern: new RegExp(String.raw`^${looseLabel}(\.${looseLabel})*$`),
    limit: 253,
    words: String.raw`a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${looseLabel}(\.${looseLabel})*')`,
  },
  pathSegment: { pattern: /^(?!\.\.?$)[^/%]+$/, limit: 253, words: `may not contain '/'` },
};

/** The problems of a text that shall have a format. */
export function checkFormat(field: string, text: string, format: NameFormat): FieldProblem[] {
  return formatProblems(text, format).map((words) => invalidValue(field, text, words));
}

/** What is wrong with a text that shall have a format, in the server's words. */
export function formatProblems(text: string, format: NameFormat): string[] {
  const hint = format.hint?.(text);
  const replaced = hint !== undefined && format.hintAlone === true;
  return [
    ...(text.length > format.limit ? [`must be no more than ${format.limit} characters`] : []),
    ...(format.pattern.test(text) || replaced ? [] : [format.words]),
    ...(hint === undefined ? [] : [hint]),
  ];
}

/** The problems of a map of labels. */
export function checkLabels(field: string, labels: Readonly<Record<string, string>>): FieldProblem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...checkQualifiedName(field, key),
    ...checkFormat(field, value, formats.labelValue),
  ]);
}

/** The problems of a key of labels or annotations. */
export function checkQualifiedName(field: string, key: string): FieldProblem[] {
  return qualifiedNameProblems(key).map((words) => invalidValue(field, key, words));
}

/** What is wrong with a key of labels or annotations, in the server's words. */
export function qualifiedNameProblems(key: string): string[] {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) {
    const words = `a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPart}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
    return [words.replace('a valid label key', 'a qualified name')];
  }
  const prefix = parts.length === 2 ? (parts[0] ?? '') : undefined;
  const problems: string[] = [];
  if (prefix === '') problems.push('prefix part must be non-empty');
  else if (prefix !== undefined && !formats.subdomain.pattern.test(prefix)) {
    problems.push(`prefix part ${formats.subdomain.words}`);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > 63) {
    problems.push('name part must be no more than 63 characters');
  }
  if (!formats.qualifiedName.pattern.test(name)) {
    problems.push(formats.qualifiedName.words);
  }
  return problems;
}

/** The problems of a map of annotations. */
export function checkAnnotations(
  field: string,
  annotations: Readonly<Record<string, string>>,
): FieldProblem[] {
  const entries = Object.entries(annotations);
  const size = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return [
    ...entries.flatMap(([key]) => checkQualifiedName(field, key.toLowerCase())),
    ...(size > annotationLimit ? [tooLong(field, annotationLimit)] : []),
  ];
}

/** The problems of an object's metadata. */
export function checkMetadata(metadata: JsonObject, format: NameFormat): FieldProblem[] {
  const name = readText(metadata, 'name');
  return [
    ...(name === ''
      ? [required('metadata.name', 'name or generateName is required')]
      : checkFormat('metadata.name', name, format)),
    ...checkLabels('metadata.labels', readMap(metadata, 'labels')),
    ...checkAnnotations('metadata.annotations', readMap(metadata, 'annotations')),
  ];
}
