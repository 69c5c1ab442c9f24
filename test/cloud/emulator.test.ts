import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { startCloud } from './support/cloud.ts';
import { account, listening, processesOf } from './support/emulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-emulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the emulator listens on 127.0.0.1 alone, runs Lambdas as processes here, and leaves none behind', async () => {
  const cloud = await startCloud({ enforce: false });
  const { group, port } = cloud.emulator;
  try {
    const lambda = new LambdaClient({});
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'who',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${account}:role/nobody`,
        Code: { ZipFile: zipped('({ pid: process.pid, node: process.version })') },
      }),
    );
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'who' }));
    const { pid, node } = JSON.parse(Buffer.from(Payload ?? []).toString());
    expect(processesOf(group)).toContain(pid);
    expect(node).toBe(process.version);
    expect(listening(group)).toEqual([`127.0.0.1:${port}`]);
  } finally {
    await cloud.stop();
  }
  expect(processesOf(group)).toEqual([]);
}, 60_000);

test('when the process that started the emulator is killed, the whole group ends', async () => {
  const command = JSON.stringify([
    join(import.meta.dirname, 'support/lead.sh'),
    'bash',
    '-c',
    'sleep 60 & sleep 60',
  ]);
  const owner = spawn(process.execPath, [
    '-e',
    `const leader = require('node:child_process').spawn('bash', ${command}, { detached: true, stdio: 'pipe' });
     console.log(leader.pid);`,
  ]);
  const group = await new Promise<number>((resolve) =>
    owner.stdout.once('data', (bytes) => resolve(Number(bytes))),
  );
  while (processesOf(group).length < 5) await sleep(20);
  owner.kill('SIGKILL');
  for (let i = 0; i < 100 && processesOf(group).length > 0; i++) await sleep(20);
  expect(processesOf(group)).toEqual([]);
}, 20_000);

/** The code of a Lambda whose handler gives the value of an expression. */
function zipped(expression: string): Uint8Array {
  const file = join(folder, 'index.mjs');
  const zip = join(folder, 'code.zip');
  writeFileSync(file, `export const handler = async () => (${expression});`);
  execFileSync(process.env.TIDECAST_PYTHON ?? '', ['-m', 'zipfile', '-c', zip, file]);
  return readFileSync(zip);
}
