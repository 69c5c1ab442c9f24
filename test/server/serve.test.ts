import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = mkdtempSync(join(tmpdir(), 'tidecast-serve-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

interface Running {
  readonly origin: string;
  readonly out: () => string;
  readonly complaint: () => string;
  /** Sends the signal and gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** `tidecast serve` as a user starts it, in a process of its own, on a port that is free. */
async function serve(...options: readonly string[]): Promise<Running> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'functions/cli/main.ts', 'serve', '--data', root, '--port', '0', ...options],
    { env: { ...process.env, NODE_OPTIONS: '' } },
  );
  children.add(child);
  let [out, complaint] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes;
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const origin = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      complaint += bytes;
      const [, found] = /serving .* at (http:\S+),/.exec(complaint) ?? [];
      if (found) resolve(found);
    });
    void closed.then((code) => reject(new Error(`ended with ${code}: ${complaint}`)));
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return closed;
  };
  return { origin, out: () => out, complaint: () => complaint, end };
}

const json = { 'content-type': 'application/json' };

async function upload(origin: string, file: string, body: string, dataset = 'air'): Promise<void> {
  const asked = await fetch(`${origin}/v1/datasets/${dataset}/uploads`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ file }),
  });
  const { url, method } = await asked.json();
  expect((await fetch(url, { method, body })).status).toBe(200);
}

test('a table uploaded to the server becomes a model that forecasts, and SIGTERM ends it well', async () => {
  const server = await serve();
  const { origin } = server;
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${origin}/v1/health/ready`)).status).toBe(200);
  await upload(origin, 'tidecast.yaml', 'horizon: 12\nmembers: 1\nunits: 4\nbudget: 20steps\n');
  await upload(origin, 'air.csv', readFileSync('examples/air-passengers/air-passengers.csv', 'utf8'));

  let job = '';
  while (job === '') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    job = (await (await fetch(`${origin}/v1/datasets/air`)).json()).job?.job ?? '';
  }
  const events = await (await fetch(`${origin}/v1/jobs/${job}/events`)).text();
  const told = events.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
  expect(JSON.parse(told.at(-1) ?? '')).toMatchObject({ job, status: 'done', promoted: true });

  const forecast = () =>
    fetch(`${origin}/v1/models/air/forecast`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ items: ['series'], quantiles: [0.1, 0.5, 0.9] }),
    });
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await (await forecast()).json()).forecasts[0]),
  );
  for (const { mean } of answers) {
    for (const value of mean) expect(value).toBeGreaterThan(100);
    expect(mean).toHaveLength(12);
  }
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toMatch(/tidecast_forecast_items_total{model="air"} 20/);
  expect(await (await fetch(`${origin}/docs`)).text()).toContain('/v1/models/{model}/forecast');

  await upload(
    origin,
    'table.csv',
    'item_id,timestamp,target\na,2024-01-01,1\na,2024-01-02,oops\n',
    'broken',
  );
  for (let status = ''; status !== 'failed'; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    status = (await (await fetch(`${origin}/v1/datasets/broken`)).json()).job?.status ?? '';
  }
  const { error } = await (await fetch(`${origin}/v1/datasets/broken/report`)).json();
  expect(error.message).toMatch(/got "oops" in line 3 of table\.csv/);

  // A training that runs is stopped at its next checkpoint, and is there to be gone on with.
  const again = await (await fetch(`${origin}/v1/datasets/air/retrain`, { method: 'POST' })).json();
  // Who follows it is told no more, and does not hold the server up.
  const following = fetch(`${origin}/v1/jobs/${again.job}/events`).then((answer) => answer.text());
  expect(await server.end('SIGTERM')).toBe(0);
  await expect(following).resolves.toContain('"running"');
  expect(server.complaint()).not.toContain('"error"');
  const left = JSON.parse(readFileSync(join(root, 'jobs', 'air', `${again.job}.json`), 'utf8'));
  expect(left.status).toBe('running');
  const lines = server.out().trim().split('\n');
  for (const line of lines) {
    expect(Object.keys(JSON.parse(line))).toEqual([
      'time',
      'method',
      'path',
      'status',
      'milliseconds',
      'request',
      'token',
    ]);
  }

  const next = await serve();
  for (let status = ''; status !== 'done'; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    ({ status } = await (await fetch(`${next.origin}/v1/jobs/${again.job}`)).json());
    expect(['running', 'done']).toContain(status);
  }
  expect(await next.end('SIGINT')).toBe(0);
}, 240_000);

test('others than this machine need a token, and a token is asked for wherever one is set', async () => {
  await expect(serve('--host', '0.0.0.0')).rejects.toThrow(
    'ended with 2: error: a server that others can reach must have a token, got --host 0.0.0.0 without one: set TIDECAST_TOKEN or --token, or leave --host out',
  );
  await expect(serve('--token', 'short')).rejects.toThrow('a token must have 16 characters at least');
  const token = 'a-token-of-this-test';
  const server = await serve('--token', token);
  const ask = (authorization?: string) =>
    fetch(`${server.origin}/v1/models`, { headers: authorization ? { authorization } : {} });
  expect((await ask()).status).toBe(401);
  expect((await ask(`Bearer ${token}x`)).status).toBe(401);
  expect((await ask(`Basic ${token}`)).status).toBe(401);
  expect((await ask(`Bearer ${token}`)).status).toBe(200);
  const taken = new URL(server.origin).port;
  await expect(serve('--port', taken)).rejects.toThrow(`127.0.0.1:${taken} (EADDRINUSE)`);
  expect(server.out()).not.toContain(token);
  expect(await server.end('SIGTERM')).toBe(0);
}, 120_000);
