/**
 * Carries out one job in a process of its own: `execution.ts ROOT DATASET JOB PROCESSES`. Ended by SIGTERM it leaves a
 * checkpoint and a job that goes on later. Started by localExecutions; reports by its exit code and standard error.
 */
import { executeJob } from '../jobs/index.ts';

const [root = '', dataset = '', job = '', processes = '1'] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());
// The server is gone: whoever starts another goes on from the last checkpoint.
process.on('disconnect', () => stop.abort());

try {
  await executeJob({ root, dataset, job, processes: Number(processes), signal: stop.signal });
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  process.disconnect?.();
}
