export { type ExportContext, type ExportTask, failExport, runExport } from './run.ts';
