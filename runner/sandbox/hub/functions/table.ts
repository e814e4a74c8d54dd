/** Which function is implemented by what. A function that the original has and this table lacks is refused by name. */
import { getAttributes } from './attributes.ts';
import { validateByCel } from './cel-validate.ts';
import { setContainerResources, setEnvironment, setReferenceByUri } from './container-functions.ts';
import type { Implementation } from './implementation.ts';
import {
  ensureContext,
  ensureNamespaces,
  isApproved,
  setDefaultNames,
  setReferences,
} from './metadata-functions.ts';
import {
  getPath,
  getRegistered,
  setAttributeList,
  setPath,
  setPathComment,
  setRegistered,
} from './path-functions.ts';
import {
  checkPlaceholders,
  getNeeded,
  getNeededNamespaces,
  getPlaceholders,
  getProvided,
  searchReplace,
} from './placeholder-functions.ts';
import { setPodDefaults } from './pod-defaults.ts';
import { textArgument } from './read-arguments.ts';
import { pathsOf } from './registered-paths.ts';
import {
  deleteResource,
  getResources,
  getResourcesOfType,
  replicate,
  upsertResource,
} from './resource-functions.ts';
import type { Signature } from './signature.ts';
import { evaluateYq } from './yq.ts';
import { matchesData } from '../where-data/evaluate.ts';

const IMPLEMENTATIONS: Readonly<Record<string, Implementation>> = {
  'cel-validate': validateByCel,
  'delete-resource': deleteResource,
  'ensure-context': ensureContext,
  'ensure-namespaces': ensureNamespaces,
  'get-attributes': ({ documents }) => getAttributes(documents, { paths: pathsOf('attribute-value') }, {}),
  'get-bool-path': getPath('bool'),
  'get-details': ({ documents }) => getAttributes(documents, { paths: pathsOf('detail') }, {}),
  'get-int-path': getPath('int'),
  'get-needed': getNeeded,
  'get-needed-namespaces': getNeededNamespaces,
  'get-placeholders': getPlaceholders,
  'get-provided': getProvided,
  'get-resources': getResources,
  'get-resources-of-type': getResourcesOfType,
  'get-string-path': getPath('string'),
  'is-approved': isApproved,
  'no-placeholders': checkPlaceholders,
  replicate,
  'search-replace': searchReplace,
  'set-attributes': setAttributeList,
  'set-bool-path': setPath,
  'set-container-resources': setContainerResources,
  'set-default-names': setDefaultNames,
  'set-env': setEnvironment,
  'set-image-reference-by-uri': setReferenceByUri,
  'set-int-path': setPath,
  'set-path-comment': setPathComment,
  'set-pod-defaults': setPodDefaults,
  'set-references-of-type': setReferences,
  'set-string-path': setPath,
  'upsert-resource': upsertResource,
  'where-filter': (call) => ({
    Passed: matchesData(call.documents, textArgument(call, 0), textArgument(call, 1)),
    Index: 0,
  }),
  yq: evaluateYq,
};

/** The implementation behind a signature, or undefined if this hub has none. */
export function implementationOf({
  FunctionName: name,
  FunctionType,
  Mutating,
}: Signature): Implementation | undefined {
  if (Object.hasOwn(IMPLEMENTATIONS, name)) return IMPLEMENTATIONS[name];
  if (FunctionType !== 'PathVisitor') return undefined;
  return Mutating ? setRegistered : getRegistered;
}
