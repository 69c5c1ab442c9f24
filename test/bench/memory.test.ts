import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { watchMemory } from '../../bench/accuracy/memory.ts';

/** Holds 200 MB, starts a child that does the same, and says when both do; ends with its input. */
const program = `
  const held = Buffer.alloc(200e6, 1);
  process.stdin.on('end', () => process.exit(held[0] - 1)).resume();
  const last = process.argv[1] === 'child';
  const child = last ? null : require('node:child_process').spawn(
    process.execPath, ['--eval', process.env.PROGRAM, 'child'], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (last) console.log('ready'); else child.stdout.pipe(process.stdout);
`;

const there = existsSync('/proc/self/status');
if (!there) console.error('NO /proc HERE: THE WATCH ON MEMORY IS NOT TESTED');

test('memory is summed over a process and what it started; without /proc it is null', async () => {
  const child = spawn(process.execPath, ['--eval', program, 'parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PROGRAM: program },
  });
  const peak = watchMemory(child.pid);
  await once(child.stdout, 'data');
  const most = peak();
  child.stdin.end();
  await once(child, 'exit');
  if (!there) return expect(most).toBeNull();
  expect(most).toBeGreaterThan(400);
  expect(most).toBeLessThan(1000);
});
