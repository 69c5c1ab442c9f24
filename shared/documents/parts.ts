/** What a file of a dataset is: rows of the table itself, or of one beside it. */
export type TablePart = 'data' | 'related' | 'items';

/** `related.csv`, `items-2024.csv`, `related/north.csv`; not `itemsales.csv`. */
const beside = /^(related|items)(?![a-z0-9])/i;

/** What a file is by its name within the dataset. */
export const partOf = (file: string): TablePart =>
  (beside.exec(file)?.[1]?.toLowerCase() as TablePart | undefined) ?? 'data';
