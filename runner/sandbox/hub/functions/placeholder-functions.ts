/** Functions about what is not set yet, what is offered, and what is replaced wherever it occurs. */
import { byPlace, getAttributes } from './attributes.ts';
import { Failures } from './failure.ts';
import type { AttributeValue, ResourceInfo, ValidationResult } from './functions.ts';
import type { FunctionCall } from './implementation.ts';
import type { Node } from 'yaml';
import { childrenOf, typeOf, valueOf } from './nodes.ts';
import type { ConfigDocument } from './nodes.ts';
import { joinPath } from './path.ts';
import { setUserPath } from './path-functions.ts';
import { NUMBER_PLACEHOLDER, OLD_PLACEHOLDER, TEXT_PLACEHOLDER } from './placeholder.ts';
import { textArgument } from './read-arguments.ts';
import { pathsOf } from './registered-paths.ts';
import { parseData, resourceInfo } from './resource.ts';
import { visitResources } from './visit.ts';

/** `get-placeholders`: texts first, then integers. */
export function getPlaceholders({ documents }: FunctionCall): AttributeValue[] {
  const holding = (text: string) => (value: unknown) => typeof value === 'string' && value.includes(text);
  return [
    ...findValues(documents, holding(TEXT_PLACEHOLDER)),
    ...findValues(documents, holding(OLD_PLACEHOLDER)),
    ...findValues(documents, (value) => value === NUMBER_PLACEHOLDER),
  ];
}

/** `no-placeholders`. */
export function checkPlaceholders(call: FunctionCall): ValidationResult {
  const found = getPlaceholders(call);
  return { Passed: found.length === 0, Index: 0, ...(found.length === 0 ? {} : { FailedAttributes: found }) };
}

/** `get-needed`: registered places that still hold a placeholder. */
export function getNeeded({ documents }: FunctionCall): AttributeValue[] {
  return getAttributes(
    documents,
    { paths: pathsOf('needed-value') },
    { type: 'string', placeholdersOnly: true },
  );
}

/** `get-needed-namespaces`. */
export function getNeededNamespaces({ documents, signature }: FunctionCall): AttributeValue[] {
  const paths = pathsOf(signature.AttributeName ?? '');
  return getAttributes(documents, { paths }, { type: 'string', placeholdersOnly: true });
}

/** `get-provided`: registered values that others may need, and the names of what is live. */
export function getProvided({ documents, liveState }: FunctionCall): AttributeValue[] {
  const values = getAttributes(documents, { paths: pathsOf('provided-value') }, { type: 'string' });
  const live = parseData(liveState).map((doc): AttributeValue => {
    const resource = resourceInfo(doc);
    const argument = { ParameterName: 'resource-type', Value: 'v1/ConfigMap' };
    return {
      ...resource,
      Path: 'metadata.name',
      InLiveState: true,
      AttributeName: 'resource-name',
      DataType: 'string',
      Info: { GetterInvocation: { FunctionName: 'get-resources-of-type', Arguments: [argument] } },
      Value: resource.ResourceNameWithoutScope,
    };
  });
  return [...values, ...live];
}

/** `search-replace`: in all texts of all resources. */
export function searchReplace(call: FunctionCall): void {
  const search = textArgument(call, 0);
  const found = findValues(call.documents, (value) => typeof value === 'string' && value.includes(search));
  const failures = new Failures();
  for (const { ResourceType, Path, Value } of found) {
    const replaced = String(Value).replaceAll(search, () => textArgument(call, 1));
    failures.attempt(() => setUserPath(call.documents, ResourceType, Path, replaced, false));
  }
  failures.rethrow();
}

function findValues(
  documents: readonly ConfigDocument[],
  matches: (value: unknown) => boolean,
): AttributeValue[] {
  const found: AttributeValue[] = [];
  visitResources(documents, new Failures(), (doc, resource) => {
    for (const [segments, node] of leavesOf(doc, doc.root, []))
      if (typeOf(doc, node) !== 'time.Time' && matches(valueOf(doc, node)))
        found.push(describe(doc, resource, segments, node));
  });
  return found.sort(byPlace);
}

function leavesOf(doc: ConfigDocument, node: Node, segments: readonly string[]): [readonly string[], Node][] {
  const children = childrenOf(doc, node);
  if (children.length === 0) return [[segments, node]];
  return children.flatMap(([key, child]) => leavesOf(doc, child, [...segments, key]));
}

function describe(
  doc: ConfigDocument,
  resource: ResourceInfo,
  segments: readonly string[],
  node: Node,
): AttributeValue {
  return {
    ...resource,
    Path: joinPath(segments),
    AttributeName: 'attribute-value',
    DataType: typeOf(doc, node),
    Value: valueOf(doc, node),
  };
}
