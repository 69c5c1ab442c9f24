import { z } from 'zod';
import { TidecastError } from '../errors/index.ts';
import { qualitySchema } from './quality.ts';

const problem = z.object({
  kind: z
    .enum(['refusal', 'warning'])
    .describe('Whether a training would refuse the data for it, or only works with what it has.'),
  code: z.string().describe('The kind of problem, for programs.'),
  message: z.string(),
  remedy: z.string(),
  file: z.string().nullable().describe('Where it shows first, as far as that is known.'),
  line: z.int().nullable().describe('Of a text file, the first being 1.'),
  row: z.int().nullable().describe('Of a Parquet file, the first being 1.'),
  column: z.string().nullable(),
  count: z.int().describe('How often it occurs.'),
});

export type PreviewProblem = z.output<typeof problem>;

/** How a staged upload looks, together with the files that the dataset has already. */
export const previewSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      size: z.int().describe('In bytes.'),
      staged: z.boolean().describe('Whether it is part of the upload; others are the dataset’s.'),
    }),
  ),
  configuration: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('What the configuration says by which the files are read; null where it cannot be read.'),
  columns: z.array(z.string()).describe('Of the first staged file.'),
  rows: z
    .array(z.array(z.string().nullable()))
    .describe('Its first rows, as text: one value for each column, null where there is none.'),
  report: qualitySchema
    .nullable()
    .describe('Roles, frequency, suggested horizon and counts; null where the data are refused.'),
  horizon: z
    .int()
    .nullable()
    .describe('Steps ahead that would be trained for: the configuration’s, else the suggested.'),
  problems: z.array(problem).describe('What was found wrong, refusals first.'),
  trainable: z
    .boolean()
    .nullable()
    .describe(
      'Whether a training takes the data as they are; null where they are too large to be looked at.',
    ),
});

export type Preview = z.output<typeof previewSchema>;

/** Looking at an upload took more time or memory than it may. */
export class PreviewError extends TidecastError {
  readonly code = 'PREVIEW_TOO_LARGE';
}

export const previewTooLarge = (rule: string, received: string, cause?: unknown): PreviewError =>
  new PreviewError(
    { rule, received, remedy: 'upload a part of the data to look at, or commit without a preview' },
    { cause },
  );
