import { DataError, type ReadOptions, readDataset } from '../../shared/dataset/index.ts';
import { TidecastError } from '../../shared/errors/index.ts';
import { lines, type tableFolder } from './files.ts';

type Folder = Pick<ReturnType<typeof tableFolder>, 'csv' | 'plain'>;

/** Rows that are refused, in the file t.csv. */
export interface Refusal {
  readonly title: string;
  readonly rows: readonly string[];
  readonly options?: ReadOptions;
  readonly message: string;
  readonly place?: object | null;
  readonly count?: number;
}

/** Why a reading is refused, file names without the folder. @throws what else went wrong */
export async function refusalOf(reading: Promise<unknown>, { plain }: Folder) {
  const error: unknown = await reading.then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof TidecastError)) throw error ?? new Error('nothing was refused');
  const { message, code } = error;
  const { count, place } = error instanceof DataError ? error : { count: 1, place: null };
  return { message: plain(message), code, count, place: place && { ...place, file: plain(place.file) } };
}

/** A test for each. */
export function testRefusals(folder: Folder, refusals: readonly Refusal[]): void {
  test.each(refusals)('$title is refused', async ({ rows, options, message, place, count }) => {
    const refusal = await refusalOf(readDataset(await folder.csv(lines(...rows), 't.csv'), options), folder);
    expect(refusal.message).toBe(message);
    expect(refusal.code).toBe('DATA');
    if (place !== undefined) expect(refusal.place).toEqual(place);
    if (count !== undefined) expect(refusal.count).toBe(count);
  });
}
