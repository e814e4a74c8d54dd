/** What the warnings of pods hand to each other. */
import type { JsonObject } from '../kube.ts';

/** A part of a pod (a container, a port) with its path. */
export type Placed = readonly [path: string, part: JsonObject];
