import { availableParallelism } from 'node:os';
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { guarded, type Limits, memoryOf } from './limits.ts';

/** An in-process DuckDB that can read the given files and nothing else. */
export interface Session {
  run(sql: string): Promise<DuckDBResult>;
  /** The result's chunks as they are made, not all at once. */
  stream(sql: string): Promise<DuckDBResult>;
  /** What has become too much, where something has: queries are interrupted then. */
  exceeded(error?: unknown): Error | null;
  close(): void;
}

/** Loaded on first use: who works with a panel that was read elsewhere need not have it. */
const loadDuckDb = () => import('@duckdb/node-api');

/** A text as SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** @param folder where DuckDB may put what does not fit into memory; nowhere where it is not said */
export async function openSession(files: readonly string[], limits: Limits, folder = ''): Promise<Session> {
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads ?? availableParallelism()),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // The rest is for the rows that leave DuckDB, and for the panel.
    memory_limit: `${Math.ceil(memoryOf(limits) / 2 ** 21)}MiB`,
    temp_directory: folder,
    ...(folder !== '' && { max_temp_directory_size: `${Math.ceil(memoryOf(limits) / 2 ** 20)}MiB` }),
  });
  const connection = await instance.connect();
  const guard = guarded(limits, () => connection.interrupt());
  const close = () => {
    guard.stop();
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await seal(connection, files);
  } catch (error) {
    close();
    throw error;
  }
  const permitted = async <T>(work: () => Promise<T>): Promise<T> => {
    const refusal = guard.exceeded();
    if (refusal) throw refusal;
    return work();
  };
  return {
    run: (sql) => permitted(() => connection.run(sql)),
    stream: (sql) => permitted(() => connection.stream(sql)),
    exceeded: guard.exceeded,
    close,
  };
}

/** Times without a zone are UTC; no file but these, no network; none of it can be undone. */
async function seal(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run(`SET TimeZone = 'UTC'`);
  // With less, DuckDB's threads wait for the one that takes their rows.
  await connection.run(`SET streaming_buffer_size = '32MB'`);
  await connection.run(`SET allowed_paths = [${files.map(literal).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}
