/** WebSockets (RFC 6455) as far as the answer to a command needs them: the handshake, messages of bytes, and the farewell. */
import type { UpgradedConnection } from '../../http/http.ts';

const accepting = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { binary: 2, close: 8 } as const;
const normalEnd = Uint8Array.of(0x03, 0xe8);

/** The headers of the server's half of the handshake. */
export async function acceptHeaders(key: string, protocol: string): Promise<Record<string, string>> {
  const bytes = new TextEncoder().encode(`${key}${accepting}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return {
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-accept': btoa(String.fromCodePoint(...digest)),
    'sec-websocket-protocol': protocol,
  };
}

/** Sends bytes as one message. */
export function sendBytes(connection: UpgradedConnection, content: Uint8Array): void {
  connection.write(frameOf(opcodes.binary, content));
}

/** Says that all is said, and ends the connection. */
export function sendClose(connection: UpgradedConnection): void {
  connection.write(frameOf(opcodes.close, normalEnd));
  connection.close();
}

function joinBytes(one: Uint8Array, other: Uint8Array): Uint8Array {
  const joined = new Uint8Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}

/** A whole, unmasked frame: servers do not mask. */
function frameOf(opcode: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const head =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 0xff]
        : [
            127,
            0,
            0,
            0,
            0,
            (length >>> 24) & 0xff,
            (length >> 16) & 0xff,
            (length >> 8) & 0xff,
            length & 0xff,
          ];
  return joinBytes(Uint8Array.from([0x80 | opcode, ...head]), content);
}
