/**
 * What the linter knows of manifests, taken from the emulator's own data: the linter must not import the sandbox. Run it to write
 * `runner/lint/data/manifests.json` again; a test holds the file to it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { IMAGES } from '../../runner/sandbox/kube/catalogue/data/images.ts';
import type { CatalogueImage } from '../../runner/sandbox/kube/catalogue/catalogue.ts';
import type { TypeTable } from '../../runner/sandbox/kube/data/data.ts';

/** The kinds that people write by hand, where the emulator knows their fields. */
const KINDS =
  /\/(?:ConfigMap|Namespace|Pod|Secret|Service|ServiceAccount|ResourceQuota|LimitRange|Deployment|StatefulSet|DaemonSet|Job|CronJob|ClusterRole|ClusterRoleBinding|Role|RoleBinding)$/;

export const FILE: URL = new URL('../../runner/lint/data/manifests.json', import.meta.url);

/** The file's content. */
export function renderKnowledge(): string {
  const table = JSON.parse(
    readFileSync(new URL('../../runner/sandbox/kube/data/types.json', import.meta.url), 'utf8'),
  ) as TypeTable;
  const kinds = Object.fromEntries(
    Object.entries(table.kinds)
      .filter(([name]) => KINDS.test(name))
      .map(([name, type]) => [name.replace(/^\//, ''), type]),
  );
  const types: Record<string, Record<string, string>> = {};
  const open = Object.values(kinds);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const fields = table.types[name]?.fields;
    if (fields === undefined || types[name] !== undefined) continue;
    const words = Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, type]));
    types[name] = words;
    open.push(...Object.values(words).map((type) => type.replace(/^(?:\[\]|\{\})+/, '')));
  }
  const images = Object.fromEntries(IMAGES.map((image) => [image.repository, describeImage(image)]));
  return `${JSON.stringify({ kinds, types, images }, null, 1)}\n`;
}

function describeImage({ tags, process }: CatalogueImage): object {
  if (process.kind !== 'server') return { tags: Object.keys(tags) };
  const defaults = new Map(process.variables.map(({ name, otherwise }) => [name, otherwise]));
  return {
    tags: Object.keys(tags),
    env: process.variables.map(({ name }) => name),
    listeners: process.listeners.map(({ port, paths, otherwise }) => ({
      port: typeof port === 'number' ? port : Number(defaults.get(port)),
      ...(typeof port === 'number' ? {} : { variable: port }),
      ...(otherwise.status < 400
        ? {}
        : {
            paths: Object.entries(paths)
              .filter(([, { status }]) => status < 400)
              .map(([path]) => path),
          }),
    })),
  };
}

if (process.argv[1] === import.meta.filename) writeFileSync(FILE, renderKnowledge());
