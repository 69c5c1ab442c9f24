/**
 * One job in a process of its own, so that its memory and its time are its own: reads a task as JSON from its
 * argument, and prints `{"version", "seconds"}`.
 */
import type { Configuration } from '../../shared/documents/index.ts';
import { runJob } from '../../shared/jobs/index.ts';

interface Task {
  readonly root: string;
  readonly dataset: string;
  readonly files: readonly string[];
  readonly configuration: Configuration;
  readonly processes: number;
}

const began = performance.now();
const { job } = await runJob(JSON.parse(process.argv[2] ?? '') as Task);
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ version: job.version, seconds }));
