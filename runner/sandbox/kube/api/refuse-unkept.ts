/** Limits that nobody would keep are not accepted: a quota that counts nothing would look like one that is kept. */
import { notImplemented } from '../errors.ts';
import type { KubeObject } from '../kube.ts';
import { asJson, readList, readMap, readObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { isMeasured } from '../quota/measure-usage.ts';

/** Throws ApiError 501 that names what the emulator does not enforce. */
export function refuseUnkept(kind: string, object: KubeObject): void {
  const json = asJson(object);
  if (kind === 'ResourceQuota') {
    const unknown = Object.keys(readMap(json, 'spec', 'hard')).find((name) => !isMeasured(name));
    if (unknown !== undefined) throw notImplemented(`a quota of ${unknown}`);
    const scoped =
      readList(json, 'spec', 'scopes').length > 0 || readPath(json, 'spec', 'scopeSelector') !== undefined;
    if (scoped) throw notImplemented('a quota with scopes');
  }
  if (kind !== 'LimitRange') return;
  for (const item of readObjects(json, 'spec', 'limits')) {
    const type = readText(item, 'type');
    if (type !== 'Container' && type !== 'Pod') throw notImplemented(`a limit range of ${type}`);
    if (Object.keys(readObject(item, 'maxLimitRequestRatio')).length > 0)
      throw notImplemented('a limit range with maxLimitRequestRatio');
  }
}
