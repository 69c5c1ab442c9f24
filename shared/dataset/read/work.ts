import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Limits } from './limits.ts';
import { type Prepared, prepare, type TextOptions } from './prepare.ts';
import { openSession, type Session } from './session.ts';

/**
 * Does some work with the files of one or several tables, in a session that can read nothing else.
 *
 * @param tables the names of each one's files
 */
export async function withSession<T>(
  tables: readonly (readonly string[])[],
  options: TextOptions & Limits,
  work: (session: Session, tables: readonly (readonly Prepared[])[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tidecast-read-'));
  try {
    let count = 0;
    const prepared: Prepared[][] = [];
    for (const names of tables) {
      const files: Prepared[] = [];
      for (const name of names) files.push(await prepare(name, count++, { ...options, folder }));
      prepared.push(files);
    }
    const paths = prepared.flat().flatMap(({ path, end }) => [path, ...(end === undefined ? [] : [end])]);
    const session = await openSession(paths, options, join(folder, 'spill'));
    try {
      return await work(session, prepared);
    } catch (error) {
      throw session.exceeded(error) ?? error;
    } finally {
      session.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
