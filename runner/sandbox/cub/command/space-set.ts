/** `cub space set`. The original does nothing here; so do we (`context set --space` is the one that works). */
import type { Run } from '../cub.ts';

export const run: Run = () => Promise.resolve();
