/** Complains of the priorities of its threads, or where they cannot be told apart of its own. Started by queue.test.ts. */
import { existsSync, readdirSync } from 'node:fs';
import { getPriority } from 'node:os';

const tasks = '/proc/self/task';
const threads = existsSync(tasks) ? readdirSync(tasks).map(Number) : [process.pid];
process.stderr.write(JSON.stringify(threads.map((thread) => getPriority(thread))));
process.exitCode = 1;
process.disconnect?.();
