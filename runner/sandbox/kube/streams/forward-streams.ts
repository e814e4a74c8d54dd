/** Port forwarding by pairs of SPDY streams that a number brings together (cri/streaming/portforward, httpstream.go). */
import type { UpgradedConnection } from '../../http/http.ts';
import { textBytes } from './bytes.ts';
import { answerHttp } from './answer-http.ts';
import type { PodPorts } from './pod-ports.ts';
import { openSpdy, type SpdyStream } from './spdy/session.ts';

/** Serves every pair that the client opens. */
export function forwardStreams(connection: UpgradedConnection, ports: PodPorts): void {
  const waiting = new Map<string, SpdyStream>();
  openSpdy(
    connection,
    (stream) => {
      const id = stream.headers.get('requestid') ?? '';
      const other = waiting.get(id);
      const isData = stream.headers.get('streamtype') === 'data';
      if (other === undefined) waiting.set(id, stream);
      else {
        waiting.delete(id);
        void (isData ? forward(stream, other, ports) : forward(other, stream, ports));
      }
    },
    () => waiting.clear(),
  );
}

async function forward(data: SpdyStream, errors: SpdyStream, ports: PodPorts): Promise<void> {
  const port = Number(data.headers.get('port'));
  const refusal = ports.refuse(port);
  if (refusal === undefined) await answerHttp(data, (path) => ports.request(port, path));
  else errors.write(textBytes(refusal));
  data.end();
  errors.end();
}
