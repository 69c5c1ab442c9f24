import type { ExportFormat } from '../documents/index.ts';
import { csvWriter } from './csv.ts';
import { parquetWriter } from './parquet.ts';
import type { TableShape, TableWriter } from './table.ts';

/** @returns an empty table: `item_id`, with several channels `channel`, `timestamp`, `mean`, and each level's column */
export const openTable = (format: ExportFormat, shape: TableShape): TableWriter =>
  format === 'csv' ? csvWriter(shape) : parquetWriter(shape);
