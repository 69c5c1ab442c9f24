import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import autocannon from 'autocannon';
import type { ShownRow } from '../support/report.ts';
import { model, seriesOf } from './model.ts';
import { serveHere } from './server.ts';

export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

/** Asks as fast as answers come, on so many connections. */
export async function load(url: string, body: string, connections: number, seconds: number): Promise<Load> {
  const result = await autocannon({
    ...{ url, body, connections, duration: seconds },
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  const { requests, latency, errors, timeouts, non2xx } = result;
  return {
    perSecond: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    failed: errors + timeouts + non2xx,
  };
}

/** A server of `node:http` that answers each request with the same bytes: what a server can do that forecasts nothing. */
async function echo(answer: string) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** One series of a week to a request, over HTTP on this machine; the load is made on the same cores. */
export async function httpRows(root: string, seconds: number): Promise<readonly ShownRow[]> {
  const served = await serveHere(root);
  const url = `${served.origin}/v1/models/${model}/forecast`;
  const body = JSON.stringify({ series: seriesOf(1, 168) });
  const first = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const answer = await first.text();
  if (first.status !== 200) throw new Error(answer);
  const peer = await echo(answer);
  const rows: ShownRow[] = [];
  try {
    for (const connections of [1, 16, 64]) {
      const ours = await load(url, body, connections, seconds);
      const theirs = await load(peer.url, body, connections, Math.min(seconds, 10));
      const name = `${connections} connection${connections > 1 ? 's' : ''}`;
      const beside = { peer: 'node:http, no forecast', goal: null };
      rows.push(
        {
          ...beside,
          ...{ case: name, metric: 'requests/s', ours: ours.perSecond, theirs: theirs.perSecond },
          ratio: ours.perSecond / theirs.perSecond,
        },
        {
          ...beside,
          case: name,
          metric: 'p99 ms',
          ours: ours.p99,
          theirs: theirs.p99,
          ratio: theirs.p99 / ours.p99,
        },
        {
          ...{ case: name, metric: 'failed', ours: ours.failed, peer: 'goal', theirs: 0 },
          ...{ ratio: ours.failed === 0 ? 1 : 0, goal: 1 },
        },
      );
    }
  } finally {
    peer.close();
    await served.end();
  }
  return rows;
}
