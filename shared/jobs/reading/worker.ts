/** Reads tables in a process that may be killed: `worker.ts REQUEST`. Started by readInProcess. */

import { readFile, writeFile } from 'node:fs/promises';
import { encodePanel } from '../../dataset/index.ts';
import type { ReadingMessage, ReadingRequest } from './process.ts';
import { stated } from './stated.ts';
import { readTables } from './tables.ts';

// Whoever asked is gone.
process.on('disconnect', () => process.exit(1));
// Signals from a terminal come to all processes at once: whoever asked decides what they mean.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

const send = (message: ReadingMessage) => process.send?.(message);

async function read(request: ReadingRequest): Promise<ReadingMessage> {
  const { panel, report } = await readTables(request.tables, request.options);
  await writeFile(request.panel, encodePanel(panel));
  return { kind: 'done', report };
}

readFile(process.argv[2] ?? '', 'utf8')
  .then((text) => read(JSON.parse(text) as ReadingRequest))
  .catch((error: unknown): ReadingMessage => {
    const known = stated(error);
    if (known) return { kind: 'refused', error: known };
    return { kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  })
  .then(send)
  .finally(() => process.disconnect?.());
