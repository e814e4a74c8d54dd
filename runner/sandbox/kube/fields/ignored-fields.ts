/** Fields that nobody owns: an object's identity, and what a request to this endpoint cannot change. */
import { decodeSet, differenceOf, withoutTrees } from './field-set.ts';
import type { FieldSet } from './field-set.ts';

/** apimachinery's `stripMeta`: these very fields, not what is below them. */
const identity = decodeSet({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
  },
});

const status = decodeSet({ 'f:status': {} });
const spec = decodeSet({ 'f:spec': {} });
const none = decodeSet({});

/** The set without the identity of the object. */
export function withoutIdentity(set: FieldSet): FieldSet {
  return differenceOf(set, identity);
}

/** The set without what the endpoint resets: `status` on the object itself, `spec` on its status. */
export function withoutReset(set: FieldSet, subresource: string): FieldSet {
  const reset = subresource === '' ? status : subresource === 'status' ? spec : none;
  return withoutTrees(set, reset);
}
