/**
 * `kubectl port-forward`: pairs of streams, one for data and one for errors, to whatever the image catalogue says
 * listens in a pod. They come as SPDY streams (alone, or inside a WebSocket as kubectl sends them from 1.31 on) or as
 * WebSocket channels for ports named in the request (client-node).
 */
import type { UpgradedConnection } from '../../http/http.ts';
import type { ResourceRequest } from '../api/request.ts';
import { respondText } from '../api/respond.ts';
import type { ApiServer } from '../api/server.ts';
import type { JsonObject } from '../kube.ts';
import { readText } from '../objects/fields.ts';
import { findPod, requireNode } from './container.ts';
import { forwardChannels, readPorts } from './forward-channels.ts';
import { forwardStreams } from './forward-streams.ts';
import { openPodPorts } from './pod-ports.ts';
import { upgradeToSpdy } from './spdy/upgrade.ts';
import type { UpgradeAnswer } from './streams.ts';
import { acceptHeaders, offeredProtocols, tunnel } from './web-socket.ts';

const protocol = 'portforward.k8s.io';
const tunnelled = `SPDY/3.1+${protocol}`;
const channelled = 'v4.channel.k8s.io';

/** Answers an upgrade to `pods/portforward`. Throws ApiError. */
export async function servePortForward(server: ApiServer, request: ResourceRequest): Promise<UpgradeAnswer> {
  const pod = findPod(server, request);
  requireNode(pod);
  if (!hasSandbox(pod)) {
    return respondText(500, `pod not found ("${request.name}_${request.namespace}")`);
  }
  const ports = openPodPorts(server, pod);
  const { headers, query } = request.http;
  const offered = offeredProtocols(headers);
  if (offered === undefined) {
    return upgradeToSpdy(headers, protocol, (connection) => forwardStreams(connection, ports));
  }
  const accepting = async (
    chosen: string,
    accept: (connection: UpgradedConnection) => void,
  ): Promise<UpgradeAnswer> => ({
    headers: await acceptHeaders(headers['sec-websocket-key'] ?? '', chosen),
    accept,
  });
  if (offered.includes(tunnelled)) {
    return await accepting(tunnelled, (connection) => forwardStreams(tunnel(connection), ports));
  }
  if (offered.includes(channelled)) {
    const named = readPorts(query);
    return await accepting(channelled, (connection) => forwardChannels(connection, ports, named));
  }
  return respondText(400, 'unable to upgrade: no tunneling spdy protocols provided');
}

/** Whether the pod has a network to forward to: containers may come and go in it. */
function hasSandbox(pod: JsonObject): boolean {
  const phase = readText(pod, 'status', 'phase');
  return readText(pod, 'status', 'podIP') !== '' && phase !== 'Succeeded' && phase !== 'Failed';
}
