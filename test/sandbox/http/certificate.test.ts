/** The self-made certificate, as a TLS client that trusts only it sees it. */
import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { expect, test } from 'vitest';
import { createCertificate } from '../../../runner/sandbox/http/certificate.ts';
import { serve } from '../../../runner/sandbox/http/serve.ts';

test('it is its own authority, for loopback only', () => {
  const made = createCertificate();
  const certificate = new X509Certificate(made.certificate);
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost('example.com')).toBeUndefined();
  expect(createCertificate().key).not.toBe(made.key);
});

test('a client that trusts it connects, one that trusts another does not', async () => {
  const { key, certificate } = createCertificate();
  const answer = { status: 200, headers: {}, body: 'hello' };
  const listening = await serve(async () => answer, { tls: { key, certificate } });
  const get = (ca: string): Promise<string> =>
    new Promise((resolve) => {
      const sent = request(listening.url, { ca, agent: false }, (response) => {
        response.on('data', (chunk) => resolve(String(chunk)));
      });
      sent.on('error', ({ message }) => resolve(message));
      sent.end();
    });
  expect(await get(certificate)).toBe('hello');
  expect(await get(createCertificate().certificate)).toMatch(/certificate/);
  await listening.close();
});
