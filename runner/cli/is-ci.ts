/** Whether a machine runs this and nobody looks: GitHub and others set CI. */
import type { Host } from './host.ts';

export function isCi({ env }: Host): boolean {
  return !['', 'false', '0'].includes(env['CI'] ?? '');
}
