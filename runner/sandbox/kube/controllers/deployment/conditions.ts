/** Conditions of a Deployment's status: set, kept and removed by the rules of util/deployment_util.go. */
import type { JsonObject } from '../../kube.ts';
import { records } from '../fields.ts';
import { stamp } from '../times.ts';

export interface NewCondition {
  readonly type: 'Available' | 'Progressing' | 'ReplicaFailure';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

export function conditionOf(conditions: unknown, type: NewCondition['type']): JsonObject | undefined {
  return records(conditions).find((condition) => condition['type'] === type);
}

export function withoutCondition(conditions: unknown, type: NewCondition['type']): JsonObject[] {
  return records(conditions).filter((condition) => condition['type'] !== type);
}

/**
 * Adds `next` at the end. Same status and reason: nothing changes. Same status: the transition time stays.
 * `refresh` writes it even then (progress was seen, which moves lastUpdateTime and the message).
 */
export function withCondition(
  conditions: unknown,
  next: NewCondition,
  now: number,
  refresh = false,
): JsonObject[] {
  const current = conditionOf(conditions, next.type);
  const unchanged = current?.['status'] === next.status && current['reason'] === next.reason;
  if (current !== undefined && unchanged && !refresh) return records(conditions);
  const lastTransitionTime = current?.['status'] === next.status ? current['lastTransitionTime'] : stamp(now);
  return [
    ...withoutCondition(conditions, next.type),
    {
      type: next.type,
      status: next.status,
      lastUpdateTime: stamp(now),
      lastTransitionTime,
      reason: next.reason,
      message: next.message,
    },
  ];
}
