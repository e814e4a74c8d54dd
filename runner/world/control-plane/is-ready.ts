/** Asks an API server whether it is ready. */
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';

const TIMEOUT_MS = 2_000;

/** False too while it has no certificate yet or does not listen. */
export async function isReady(url: string, certificate: string, token: string): Promise<boolean> {
  const ca = await readFile(certificate).catch(() => undefined);
  if (ca === undefined) return false;
  return await new Promise((resolve) => {
    const options = { ca, headers: { authorization: `Bearer ${token}` }, timeout: TIMEOUT_MS };
    const call = request(`${url}/readyz`, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.end();
  });
}
