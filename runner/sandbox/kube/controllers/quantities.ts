/** Kubernetes quantities (`500m`, `1Gi`) as plain numbers, precise enough to compare what pods ask with what a node has. */
import { parseQuantity } from '../defaults/quantity.ts';
import { text } from './fields.ts';

/** 0 for what is no quantity. */
export function amount(quantity: unknown): number {
  const billionths = parseQuantity(typeof quantity === 'number' ? String(quantity) : (text(quantity) ?? ''));
  return Number(billionths ?? 0n) / 1e9;
}
