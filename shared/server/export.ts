/**
 * Carries out one export in a process of its own: `export.ts ROOT DATASET EXPORT`. Ended by SIGTERM it leaves one that
 * goes on later. Started by localExports; reports by its exit code and standard error.
 */
import { availableParallelism } from 'node:os';
import { runExport } from '../exports/index.ts';
import { fileStore } from '../store/index.ts';

const [root = '', dataset = '', id = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());
// The server is gone: whoever starts another goes on from the last file.
process.on('disconnect', () => stop.abort());

try {
  const threads = availableParallelism();
  const context = { store: fileStore(root), now: () => new Date(), threads: threads > 1 ? threads : 0 };
  await runExport(context, { dataset, export: id }, stop.signal);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  process.disconnect?.();
}
