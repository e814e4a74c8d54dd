/** The generated discovery data, as typed values. */
import type { DiscoveredResource } from '../data/data.ts';
import resources from '../data/discovery.json' with { type: 'json' };

/** Every served resource, in the order of the server's groups. */
export const servedResources: readonly DiscoveredResource[] = resources;

/** `v1`, `apps/v1` …, in the same order. */
export const servedGroupVersions: readonly string[] = [
  ...new Set(servedResources.map(({ group, version }) => (group === '' ? version : `${group}/${version}`))),
];
