/** What the API server fills into quotas and limit ranges (SetDefaults_LimitRangeItem). */
import type { JsonObject } from '../kube.ts';
import { childObject, readMap, readObject, readObjects, setDefault } from '../objects/fields.ts';
import { canonicaliseAmounts } from './quantity.ts';

/** A ResourceQuota. */
export function defaultQuota(object: JsonObject): void {
  canonicaliseAmounts(readObject(object, 'spec', 'hard'));
}

/** A LimitRange: a container's limit is the maximum unless another is given, and its request is its limit. */
export function defaultLimitRange(object: JsonObject): void {
  for (const item of readObjects(object, 'spec', 'limits')) {
    for (const field of ['default', 'defaultRequest', 'max', 'min'])
      canonicaliseAmounts(readObject(item, field));
    if (item['type'] !== 'Container') continue;
    const fill = (from: string, to: string): void => {
      const amounts = Object.entries(readMap(item, from));
      if (amounts.length === 0) return;
      const target = childObject(item, to);
      for (const [resource, amount] of amounts) setDefault(target, resource, amount);
    };
    fill('max', 'default');
    fill('default', 'defaultRequest');
    fill('min', 'defaultRequest');
  }
}
