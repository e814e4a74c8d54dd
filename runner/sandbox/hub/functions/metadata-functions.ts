/** Functions about names, namespaces and where a resource belongs. */
import { FunctionFailure } from './failure.ts';
import type { FunctionCall } from './implementation.ts';
import { deleteAt, nodeAt, setAt } from './nodes.ts';
import { holdsPlaceholder, TEXT_PLACEHOLDER } from './placeholder.ts';
import { flagArgument, numberArgument, textArgument } from './read-arguments.ts';
import { isClusterScoped, pathsOf } from './registered-paths.ts';
import { renderData, resourceInfo } from './resource.ts';
import { setAttributes, updateAttributes } from './attributes.ts';
import { hashContent } from '../text-codec.ts';

/** `ensure-namespaces`: a placeholder where a namespaced resource has none. */
export function ensureNamespaces({ documents }: FunctionCall): void {
  for (const doc of documents) {
    const { ResourceName, ResourceType } = resourceInfo(doc);
    if (ResourceName.split('/').length !== 2)
      throw new FunctionFailure(`improperly formatted resource name ${ResourceName}`);
    if (ResourceName.startsWith('/') && !isClusterScoped(ResourceType))
      setAt(doc, ['metadata', 'namespace'], TEXT_PLACEHOLDER);
  }
}

/** `set-references-of-type`: every registered reference to a resource type. None is registered for namespaces, as in the original. */
export function setReferences(call: FunctionCall): void {
  const paths = pathsOf(`resource-name/${textArgument(call, 0)}`);
  if (paths.size > 0) setAttributes(call.documents, { paths }, textArgument(call, 1));
}

/** `set-default-names`: names and app labels that still are placeholders become `<unit>-<space>`. */
export function setDefaultNames({ documents, context }: FunctionCall): void {
  const name = `${toDnsLabel(context.unitSlug)}-${toDnsLabel(context.spaceSlug)}`;
  updateAttributes(documents, { paths: pathsOf('default-name') }, 'string', (current) =>
    holdsPlaceholder(current) ? name : current,
  );
}

/** `ensure-context`: annotations that say which unit and space a resource comes from; `false` takes them away. */
export function ensureContext(call: FunctionCall): void {
  const { unitSlug, spaceId } = call.context;
  for (const doc of call.documents) {
    if (flagArgument(call, 0)) {
      setAt(doc, contextPath('UnitSlug'), unitSlug);
      setAt(doc, contextPath('SpaceID'), spaceId);
      continue;
    }
    if (nodeAt(doc, ['metadata', 'annotations']) === undefined) throw new FunctionFailure('field not found');
    for (const key of ['UnitSlug', 'SpaceID', 'RevisionNum']) deleteAt(doc, contextPath(key));
  }
}

/** `is-approved`: enough approvers, and nothing changed the data since. */
export function isApproved(call: FunctionCall): object {
  const { approvedBy, contentHash } = call.context;
  const isSame = hashContent(renderData(call.documents)) === contentHash;
  return { Passed: isSame && approvedBy.length >= numberArgument(call, 0), Index: 0 };
}

function contextPath(key: string): string[] {
  return ['metadata', 'annotations', `confighub.com/${key}`];
}

function toDnsLabel(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('_', '-')
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
