/** The handshake of a SPDY/3.1 connection (apimachinery, util/httpstream). */
import type { UpgradedConnection } from '../../../http/http.ts';
import { respondText } from '../../api/respond.ts';
import type { UpgradeAnswer } from '../streams.ts';

/** Takes the upgrade, or refuses a client that does not speak `protocol`. */
export function upgradeToSpdy(
  headers: Readonly<Record<string, string>>,
  protocol: string,
  accept: (connection: UpgradedConnection) => void,
): UpgradeAnswer {
  if (headers['upgrade']?.toLowerCase() !== 'spdy/3.1') {
    return respondText(400, 'unable to upgrade: missing upgrade headers in request');
  }
  const offered = (headers['x-stream-protocol-version'] ?? '').split(',').map((one) => one.trim());
  if (!offered.includes(protocol)) {
    const words = `unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${protocol}]`;
    return respondText(403, `unable to upgrade: ${words}`);
  }
  const taken = { upgrade: 'SPDY/3.1', connection: 'Upgrade', 'x-stream-protocol-version': protocol };
  return { headers: taken, accept };
}
