/**
 * A self-signed certificate for loopback, so that kubeconfigs look like a real cluster's and clients that refuse plain HTTP
 * work. Node makes keys but no certificates, hence this small DER writer (X.509 v3, RFC 5280).
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** PEM texts. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

const tags = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  id: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  time: 0x17,
};
const ids = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
};
const yearMs = 365 * 24 * 3600 * 1000;

/** A new key and a certificate for `localhost` and 127.0.0.1 that is its own authority, valid from yesterday for ten years. */
export function createCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(tags.sequence, identifier(ids.ecdsaWithSha256));
  const name = der(
    tags.sequence,
    der(
      tags.set,
      der(tags.sequence, identifier(ids.commonName), der(tags.utf8, Buffer.from('mtx-doc sandbox'))),
    ),
  );
  const now = Date.now();
  const body = der(
    tags.sequence,
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    der(tags.sequence, utcTime(now - yearMs / 365), utcTime(now + 10 * yearMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(tags.sequence, ...extensions())),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = der(tags.sequence, body, algorithm, der(tags.bits, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: toPem(whole),
  };
}

function extensions(): Buffer[] {
  const names = der(
    tags.sequence,
    der(0x82, Buffer.from('localhost')),
    der(0x82, Buffer.from('kubernetes.default.svc')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const authority = der(tags.sequence, der(0x01, Buffer.from([0xff])));
  const digitalSignatureAndCertSign = der(tags.bits, Buffer.from([2, 0x84]));
  return [
    extension(ids.basicConstraints, authority),
    extension(ids.keyUsage, digitalSignatureAndCertSign),
    extension(ids.subjectAltName, names),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return der(tags.sequence, identifier(id), der(tags.octets, value));
}

function identifier(hex: string): Buffer {
  return der(tags.id, Buffer.from(hex, 'hex'));
}

/** UTCTime, which reaches until 2049. */
function utcTime(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/\D/g, '');
  return der(tags.time, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
