import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watchMemory } from './memory.ts';

/**
 * Runs a program to its end, watching the memory of it and of what it starts.
 *
 * @param what it is, for the error
 * @returns the JSON of the last line that it printed, and the most MB; null where memory cannot be watched
 * @throws Error where it ends with another status than 0
 */
export async function runWatched<T>(
  what: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly answer: T; readonly megabytes: number | null }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const peak = watchMemory(child.pid);
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  const megabytes = peak();
  if (code !== 0) throw new Error(`${what} ended with status ${code}: its message stands above`);
  return { answer: JSON.parse(said.trim().split('\n').at(-1) ?? '') as T, megabytes };
}
