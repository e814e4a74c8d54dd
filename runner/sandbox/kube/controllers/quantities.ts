/** Kubernetes quantities (`500m`, `1Gi`) as plain numbers, precise enough to compare what pods ask with what a node has. */
import { text } from './fields.ts';

const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** A Kubernetes quantity as a number; 0 for what is none. */
export function amount(quantity: unknown): number {
  if (typeof quantity === 'number') return quantity;
  const match = /^([\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(text(quantity) ?? '');
  return match === null ? 0 : Number(match[1]) * (SUFFIXES[match[2] ?? ''] ?? 1);
}
