/** The tables of quotas and limit ranges. */
import type { KubeObject } from '../kube.ts';
import { objectAt, textAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn } from './column.ts';
import type { Column } from './column.ts';

export const quotaColumns: readonly Column[] = [
  nameColumn,
  column('Request', 'What is used of what may be requested.', (quota) => renderUse(quota, false)),
  column('Limit', 'What is used of what may be the limit.', (quota) => renderUse(quota, true)),
  ageColumn,
];

function renderUse(quota: KubeObject, ofLimits: boolean): string {
  const hard = objectAt(quota, 'status', 'hard');
  const used = objectAt(quota, 'status', 'used');
  return Object.keys(hard)
    .filter((name) => name.startsWith('limits.') === ofLimits)
    .toSorted((one, other) => (one < other ? -1 : 1))
    .map((name) => `${name}: ${textAt(used, name) || '0'}/${textAt(hard, name)}`)
    .join(', ');
}
