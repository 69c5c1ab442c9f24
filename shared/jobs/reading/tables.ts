import { type Dataset, type ReadOptions, readDataset } from '../../dataset/index.ts';

/** The files of a dataset's tables. */
export interface TableFiles {
  /** The table itself. */
  readonly files: readonly string[];
  /** Covariates by item and time. */
  readonly related?: readonly string[];
  /** What describes items as a whole. */
  readonly items?: readonly string[];
}

/** Reads tables within the limits that the options say. @throws DataError where they cannot be read */
export type TableReader = (tables: TableFiles, options: ReadOptions) => Promise<Dataset>;

/** Reads them in this process. */
export const readTables: TableReader = ({ files, related = [], items = [] }, options) =>
  readDataset(files, { ...options, related, items });
