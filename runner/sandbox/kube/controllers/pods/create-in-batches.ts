/** The slow start of pkg/controller/replicaset: 1, 2, 4 … at once, so that what is refused is not refused for all. */
import type { ApiError } from '../../errors.ts';
import { attempt } from '../refusals.ts';

/** Calls `create` for 0 up to `count`. After a batch with a refusal no other begins, and its first refusal is thrown. */
export function createInBatches(count: number, create: (number: number) => void): void {
  let size = 1;
  for (let start = 0; start < count; start += size, size *= 2) {
    const end = Math.min(start + size, count);
    const refusals: ApiError[] = [];
    for (let number = start; number < end; number += 1) {
      const refusal = attempt(() => create(number));
      if (refusal !== undefined) refusals.push(refusal);
    }
    if (refusals[0] !== undefined) throw refusals[0];
  }
}
