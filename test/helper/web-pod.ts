/** A pod whose nginx serves, for what reaches into one. */
import { expect, vi } from 'vitest';
import type { KubeServer } from './kube-server.ts';

export const pods = '/api/v1/namespaces/default/pods';

/** Creates the pod `web` in the default namespace and waits until it is ready. */
export async function startWeb(server: KubeServer): Promise<void> {
  const spec = { containers: [{ name: 'only', image: 'nginx:1.27' }] };
  await server.call(`POST ${pods}`, { body: { metadata: { name: 'web' }, spec } });
  await vi.waitFor(async () => {
    const { body } = await server.call(`GET ${pods}/web`);
    expect(body).toMatchObject({ status: { containerStatuses: [{ ready: true }] } });
  }, 10_000);
}
