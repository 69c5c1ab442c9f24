import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShownRow } from '../support/report.ts';
import { load } from './http.ts';
import { model, seriesOf, trainOne } from './model.ts';
import { serveHere } from './server.ts';

const json = { 'content-type': 'application/json' };
/** p99 may become so many times as long. */
const allowed = 2;
/** How often something else happens, in milliseconds. */
const pause = 1000;

/** Lets the other of two versions serve, and opens a model that was not open: again and again, until told to stop. */
async function disturb(root: string, origin: string, body: string, going: () => boolean): Promise<number> {
  const models = join(root, 'models');
  const versions = readdirSync(join(models, model)).filter((name) =>
    statSync(join(models, model, name)).isDirectory(),
  );
  let failed = 0;
  const post = async (path: string, sent: string) => {
    const answer = await fetch(`${origin}/v1/models/${path}`, { method: 'POST', headers: json, body: sent });
    await answer.arrayBuffer();
    if (answer.status !== 200) failed++;
  };
  for (let i = 0; going(); i++) {
    cpSync(join(models, model), join(models, `other-${i}`), { recursive: true });
    await post(`other-${i}/forecast`, body);
    await post(`${model}/rollback`, JSON.stringify({ version: versions[i % versions.length] }));
    await sleep(pause);
  }
  return failed;
}

/** Requests for one model while its champion is swapped and others are opened, beside the same in quiet. */
export async function swapRows(root: string, seconds: number): Promise<readonly ShownRow[]> {
  await trainOne(root, 2);
  const served = await serveHere(root);
  const url = `${served.origin}/v1/models/${model}/forecast`;
  const body = JSON.stringify({ series: seriesOf(1, 168) });
  const connections = 4;
  try {
    await load(url, body, connections, 2);
    const quiet = await load(url, body, connections, seconds);
    let going = true;
    const disturbed = disturb(root, served.origin, body, () => going);
    const busy = await load(url, body, connections, seconds);
    going = false;
    const failed = busy.failed + (await disturbed);
    return [
      {
        ...{ case: 'champion swapped, models opened', metric: 'p99 ms', ours: busy.p99, peer: 'in quiet' },
        ...{ theirs: quiet.p99, ratio: quiet.p99 / busy.p99, goal: 1 / allowed },
      },
      {
        ...{ case: 'champion swapped, models opened', metric: 'failed', ours: failed, peer: 'goal' },
        ...{ theirs: 0, ratio: failed === 0 ? 1 : 0, goal: 1 },
      },
    ];
  } finally {
    await served.end();
  }
}
