import { createServer, request as forward } from 'node:http';
import { type Call, callsOf } from './calls.ts';

export interface Recorder {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  close(): Promise<void>;
}

/**
 * Stands between all clients and the emulator on 127.0.0.1 and notes every signed request. It also says that the
 * request came over TLS, as a load balancer would: the stack's policies refuse what does not.
 */
export async function startRecorder(port: number, target: number): Promise<Recorder> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const asked = callsOf(request);
    const at = Date.now();
    const onward = forward(
      {
        host: '127.0.0.1',
        port: target,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, 'x-forwarded-proto': 'https' },
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        calls.push(...asked.map((call) => ({ ...call, status, at })));
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    // A Lambda that was killed leaves its request half sent.
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
