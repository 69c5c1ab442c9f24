import { literal, openSession } from './read/session.ts';

/**
 * Writes a CSV file of forecasts as Parquet; `item_id` stays text.
 *
 * @throws where the target cannot be written
 */
export async function convertToParquet(csv: string, parquet: string): Promise<void> {
  const session = await openSession([csv, parquet], {});
  try {
    const source = `read_csv(${literal(csv)}, header = true, types = {'item_id': 'VARCHAR'})`;
    await session.run(`COPY (SELECT * FROM ${source}) TO ${literal(parquet)} (FORMAT parquet)`);
  } finally {
    session.close();
  }
}
