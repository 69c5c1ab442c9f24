import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodePanel,
  memoryOf,
  type QualityReport,
  type ReadOptions,
  secondsOf,
  tooMuchMemory,
  tooSlow,
} from '../../dataset/index.ts';
import type { TidecastError } from '../../errors/index.ts';
import { forkModule } from '../fork.ts';
import { raised, type Stated } from './stated.ts';
import type { TableFiles, TableReader } from './tables.ts';

/** What the process is to do; it leaves the panel in a file. */
export interface ReadingRequest {
  readonly tables: TableFiles;
  readonly options: ReadOptions;
  readonly panel: string;
}

/** What the process reports before it ends. */
export type ReadingMessage =
  | { readonly kind: 'done'; readonly report: QualityReport }
  | { readonly kind: 'refused'; readonly error: Stated }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Reads tables in a process of its own: data that need not be what they say can then neither take this one's memory
 * nor hold it up. The process watches itself; where it cannot, because it is busy, it is killed a little later.
 *
 * @throws DataError as reading here would
 */
export const readInProcess: TableReader = async ({ files, related = [], items = [] }, options) => {
  const tables = { files, related, items };
  const folder = await mkdtemp(join(tmpdir(), 'tidecast-panel-'));
  try {
    const request: ReadingRequest = { tables, options, panel: join(folder, 'panel.bin') };
    const path = join(folder, 'request.json');
    await writeFile(path, JSON.stringify(request));
    const report = await reportOf(path, folder, options);
    return { report, panel: decodePanel(await readFile(request.panel)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Seconds after which a process that should have ended itself is killed. */
const grace = 5;
/** Milliseconds between two looks at its memory. */
const interval = 200;

/** @param folder for its own files too, so that they are removed where it is killed */
function reportOf(request: string, folder: string, options: ReadOptions): Promise<QualityReport> {
  const child = forkModule(new URL('./worker.ts', import.meta.url), [request], { TMPDIR: folder });
  let reason: TidecastError | null = null;
  const kill = (why: TidecastError) => {
    reason ??= why;
    child.kill('SIGKILL');
  };
  const late = setTimeout(() => kill(tooSlow(options)), 1000 * (secondsOf(options) + grace));
  const watch = setInterval(async () => {
    const memory = await residentMemory(child.pid);
    if (memory > 1.1 * memoryOf(options)) kill(tooMuchMemory(options));
  }, interval);
  return new Promise((resolve, reject) => {
    let end: ReadingMessage | null = null;
    child.on('message', (message: ReadingMessage) => {
      end = message;
    });
    child.on('error', reject);
    child.on('exit', (code, killedBy) => {
      clearTimeout(late);
      clearInterval(watch);
      if (end?.kind === 'done') resolve(end.report);
      else if (end?.kind === 'refused') reject(raised(end.error));
      else if (end?.kind === 'failed') reject(new Error(end.error));
      else if (reason) reject(reason);
      // Nobody here has killed it: the machine has no more memory, or the runtime could get none.
      else if (killedBy === 'SIGKILL' || killedBy === 'SIGABRT' || code === aborted) {
        reject(tooMuchMemory(options));
      } else {
        reject(new Error(`the process that reads the data ended with ${killedBy ?? `exit code ${code}`}`));
      }
    });
  });
}

/** The exit code of a runtime that has aborted, where no signal is told. */
const aborted = 134;

const page = 4096;

/** Bytes that a process has in memory, where Linux tells them; 0 elsewhere: there it only watches itself. */
async function residentMemory(process: number | undefined): Promise<number> {
  const said = await readFile(`/proc/${process}/statm`, 'utf8').catch(() => '');
  return page * Number(said.split(' ')[1] ?? 0);
}
