import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { findKubectl } from '../../../runner/world/find-kubectl.ts';
import { WorldNotReady } from '../../../runner/world/not-ready.ts';
import { readZipEntry } from '../../../runner/world/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'mtx-world-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers `version` with this text. */
function fakeKubectl(name: string, gitVersion: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho '{"clientVersion": {"gitVersion": "${gitVersion}"}}'\n`);
  chmodSync(path, 0o755);
  return path;
}

const find = (env: Record<string, string>, kubectl?: string): Promise<unknown> =>
  findKubectl({ env, progress: () => undefined, ...(kubectl === undefined ? {} : { kubectl }) });

describe('finding kubectl', () => {
  const newer = fakeKubectl('kubectl', 'v1.34.5');
  const dispatcher = fakeKubectl('dispatcher', 'v1.32.4-dispatcher');

  test('the option wins over MTX_KUBECTL, which wins over PATH', async () => {
    const env = { PATH: `/bin:/usr/bin:${folder}`, MTX_KUBECTL: dispatcher };
    await expect(find(env, newer)).resolves.toEqual({ path: newer, version: 'v1.34.5', minor: 34 });
    await expect(find(env)).resolves.toMatchObject({ path: dispatcher, minor: 32 });
    await expect(find({ PATH: folder })).resolves.toMatchObject({ path: newer });
  });

  test.each([
    ['too old', fakeKubectl('old', 'v1.27.16'), /1\.27\.16 is too old/],
    ['not there', join(folder, 'missing'), /there is no kubectl at/],
    ['mute', fakeKubectl('mute', ''), /does not tell its version/],
  ])('one that is %s is refused with a remedy', async (_name, path, message) => {
    const error: unknown = await find({ PATH: '' }, path).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(WorldNotReady);
    expect(error).toHaveProperty('message', expect.stringMatching(message));
    expect(error).toHaveProperty('remedy', expect.stringMatching(/--kubectl|MTX_KUBECTL/));
  });
});

describe('zip', () => {
  const content = Buffer.from('the binary '.repeat(50));

  function archive(name: string, method: number): Buffer {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(name.length, 26);
    const directory = Buffer.alloc(46);
    directory.writeUInt32LE(0x02014b50, 0);
    directory.writeUInt16LE(method, 10);
    directory.writeUInt32LE(packed.length, 20);
    directory.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    return Buffer.concat([local, Buffer.from(name), packed, directory, Buffer.from(name), end]);
  }

  test.each([0, 8])('gives the entry back (method %i)', (method) => {
    expect(readZipEntry(archive('kubectl/kubectl', method), 'kubectl/kubectl').equals(content)).toBe(true);
  });

  test('says what is wrong', () => {
    expect(() => readZipEntry(archive('a', 0), 'b')).toThrow('the archive has no b');
    expect(() => readZipEntry(Buffer.from('nonsense'), 'b')).toThrow('not a zip archive');
    expect(() => readZipEntry(archive('a', 9), 'a')).toThrow('zip method 9');
  });
});
