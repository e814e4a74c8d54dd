/** `kubectl attach`: what a container writes from now on, until it ends. */
import type { ResourceRequest } from '../api/request.ts';
import type { ApiServer } from '../api/server.ts';
import { findContainer } from './container.ts';
import { upgradeToCommand } from './remote-command.ts';
import type { UpgradeAnswer } from './streams.ts';

/** Answers an upgrade to `pods/attach`. Throws ApiError. */
export async function serveAttach(server: ApiServer, request: ResourceRequest): Promise<UpgradeAnswer> {
  const { namespace, podName, container, isRunning } = findContainer(server, request);
  let unfollow: (() => void) | undefined;
  const refusal = `container ${container} not found in pod ${podName}_${namespace}`;
  return await upgradeToCommand(
    request.http,
    {
      start: (streams) => {
        unfollow = server.nodes().followLogs(
          namespace,
          podName,
          container,
          ({ text }) => streams.write(`${text}\n`),
          () => streams.end({ metadata: {}, status: 'Success' }),
        );
      },
      stop: () => unfollow?.(),
    },
    isRunning ? undefined : refusal,
  );
}
