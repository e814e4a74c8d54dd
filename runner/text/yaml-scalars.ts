/**
 * How Kubernetes and ConfigHub read plain YAML words, which is neither YAML 1.1 nor 1.2: `0644` is 420 and `1_000` is 1000 to
 * both, `12:30` a text, and `yes` is true to Kubernetes alone. What the hub finds must be what the cluster gets.
 */
import type { ScalarTag, SchemaOptions, Tags } from 'yaml';

const INTEGER_TAG = 'tag:yaml.org,2002:int';
const BOOLEAN_TAG = 'tag:yaml.org,2002:bool';
/** Plain words that the original takes for an integer, if 64 bits hold it. */
export const INTEGER: RegExp =
  /^[-+]?(?:0[xX]_*[\da-fA-F][\da-fA-F_]*|0[bB]_*[01][01_]*|0[oO]_*[0-7][0-7_]*|0[0-7_]*|[1-9][\d_]*)$/;
const FLOAT = /^[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d[\d_]*)?$/;
/** Plain words that the original takes for a time. */
export const TIMESTAMP: RegExp =
  /^\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?: \d{1,2}(?::\d{1,2}){2}(?:\.\d+)?|[Tt]\d{1,2}(?::\d{1,2}){2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d))?$/;
/** Plain words that are booleans to Kubernetes. */
export const BOOLEAN: RegExp =
  /^(?:y|Y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON|n|N|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/;

/** The library's tags of YAML 1.2 with the numbers of Go: the original's functions and its filters on data read so. */
export function readGoNumbers(tags: Tags): Tags {
  return tags.flatMap((tag): Tags => {
    if (!isScalarTag(tag)) return [tag];
    if (tag.tag === INTEGER_TAG)
      return tag.format === undefined ? [{ ...tag, test: INTEGER, resolve: resolveInteger }] : [];
    return [tag.format === 'EXP' ? { ...tag, test: FLOAT, resolve: resolveFloat } : tag];
  });
}

/** Options for what goes to a Kubernetes API: the numbers of Go, and the booleans and merge keys of YAML 1.1. */
export const KUBERNETES_YAML: Pick<SchemaOptions, 'customTags' | 'merge'> = {
  customTags: readKubernetes,
  merge: true,
};

function readKubernetes(tags: Tags): Tags {
  return readGoNumbers(tags).map((tag) =>
    isScalarTag(tag) && tag.tag === BOOLEAN_TAG ? { ...tag, test: BOOLEAN, resolve: resolveBoolean } : tag,
  );
}

function isScalarTag(tag: Tags[number]): tag is ScalarTag {
  return typeof tag === 'object' && tag.collection === undefined;
}

function resolveInteger(text: string): number {
  const size = Number(text.replaceAll(/[-+_]/g, '').replace(/^0(?=\d)/, '0o'));
  return text.startsWith('-') ? 0 - size : size;
}

function resolveFloat(text: string): number {
  return Number(text.replaceAll('_', ''));
}

function resolveBoolean(text: string): boolean {
  return /^(?:y|t|on)/i.test(text);
}
