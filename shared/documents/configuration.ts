import { z } from 'zod';
import { ConfigurationError, expectation, nearest, show } from '../errors/index.ts';

const columns = z
  .strictObject({
    item: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('The column that names the series, or several that name it together.'),
    time: z.string().describe('The column with the timestamps.'),
    target: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('What is forecast: one column, or several as channels.'),
    known: z.array(z.string()).describe('Covariates that are known into the future.'),
    past: z.array(z.string()).describe('Covariates that are known until now only.'),
    static: z.array(z.string()).describe('What describes a series as a whole: numbers or categories.'),
    ignore: z.array(z.string()).describe('Columns that are left alone.'),
  })
  .partial();

const limits = z
  .strictObject({
    memory: z
      .string()
      .regex(/^[1-9]\d*(MB|GB)$/, 'must be a size such as 512MB or 4GB')
      .describe('Of the process that reads. Default: three quarters of the machine’s.'),
    seconds: z.number().positive().describe('Default: 600.'),
    expansion: z
      .number()
      .min(1)
      .describe('To how many times its size a packed file, or Parquet, may unpack. Default: 300.'),
    columns: z.int().min(1).describe('Of a table. Default: 2000.'),
  })
  .partial();

/** How the files are written, where that should not be seen from them. */
const text = {
  encoding: z.string().optional().describe('Of texts that are not UTF-8 or UTF-16, such as windows-1252.'),
  delimiter: z.string().length(1).optional().describe('Between the cells of a CSV. Default: detected.'),
  decimal: z.enum(['.', ',']).optional().describe('The decimal sign of numbers. Default: detected.'),
  thousands: z
    .enum(['.', ',', ' ', "'"])
    .optional()
    .describe('What groups the digits of numbers by three. Default: detected.'),
};

const aggregation = z.enum(['sum', 'mean', 'median', 'first', 'last', 'min', 'max']);

const fill = z.union([z.number(), z.enum(['zero', 'mean', 'median', 'min', 'max', 'last', 'nan'])], {
  error: 'must be a number, or one of zero, mean, median, min, max, last, nan',
});

const fills = z
  .strictObject({
    front: fill.describe('From the table’s first period to the item’s first value.'),
    middle: fill.describe('Between an item’s first and last value.'),
    back: fill.describe('From the item’s last value to the table’s last period.'),
    future: fill.describe('After the end: known covariates alone.'),
  })
  .partial();

/** What becomes of the rows. */
const rows = {
  timezone: z
    .string()
    .optional()
    .describe('Where times without a zone are from, such as Europe/Berlin. Default: they are UTC.'),
  timestampFormat: z
    .string()
    .optional()
    .describe(
      'How timestamps are written, as strptime has it, such as %d/%m/%Y %H:%M; or epoch seconds, epoch milliseconds, Excel days. Default: detected.',
    ),
  aggregation: z
    .union([aggregation, z.record(z.string(), aggregation)], {
      error: 'must be one of sum, mean, median, first, last, min, max, or one of these for each column',
    })
    .optional()
    .describe(
      'What becomes of several rows of an item within a period; for all columns, or by column. Default: rows that differ are refused.',
    ),
  fills: z
    .record(z.string(), fills)
    .optional()
    .describe('What stands in the place of missing values, by column. Default: they are missing.'),
};

const quantiles = z
  .array(z.number().gt(0).lt(1))
  .min(1)
  .refine((levels) => levels.every((level, i) => i === 0 || level > (levels[i - 1] ?? level)), 'must rise');

/** `tidecast.yaml`: nothing is required, defaults follow from the data. */
export const configurationSchema = z
  .strictObject({
    horizon: z.int().min(1).max(10_000).optional().describe('Steps ahead. Default: by the frequency.'),
    frequency: z
      .string()
      .optional()
      .describe('For example 1h, 15min, 1d, 1b (business days), 1w, 1mo. Default: inferred.'),
    ...text,
    limits: limits.optional().describe('How much reading the data may take.'),
    ...rows,
    columns: columns.optional().describe('Column roles. Default: detected from the names in use.'),
    quantiles: quantiles
      .default([0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975])
      .describe('Quantile levels, rising, within (0, 1).'),
    cell: z.enum(['elman', 'dual', 'gru', 'lstm']).default('lstm').describe('The recurrent cell.'),
    units: z.int().min(1).max(2048).default(64).describe('Width of the hidden state.'),
    members: z
      .int()
      .min(1)
      .max(16)
      .optional()
      .describe('Networks that are averaged. Default: by a budget of time, else 4.'),
    transform: z
      .enum(['identity', 'log', 'asinh'])
      .optional()
      .describe('How series are changed before a network sees them. Default: by the data.'),
    joint: z.boolean().default(false).describe('One network for all channels at once, not one for each.'),
    seed: z.int().default(1).describe('Seed of the first weights and of the batches.'),
    budget: z
      .string()
      .regex(/^[1-9]\d*(s|m|h|steps)$/, 'must be a time or steps, such as 90s, 10m, 1h or 600steps')
      .default('2400steps')
      .describe('The time of the whole training, such as 90s, 10m or 1h, or the most steps of each member.'),
    engine: z.enum(['onnxruntime', 'tensorflow']).default('onnxruntime').describe('What trains.'),
  })
  .describe('Configuration of a Tidecast dataset.');

export type Configuration = z.infer<typeof configurationSchema>;
export type ConfigurationInput = z.input<typeof configurationSchema>;

/**
 * Fills in defaults and checks.
 *
 * @throws ConfigurationError for the first field that is wrong or unknown
 */
export function parseConfiguration(input: unknown): Configuration {
  const result = configurationSchema.safeParse(input ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw new TypeError('a schema that refuses says why');
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const received = valueAt(input, issue.path);
  const place = issue.path.join('.');
  const fields =
    { columns: columns.shape, limits: limits.shape }[String(issue.path[0])] ?? configurationSchema.shape;
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : Object.keys(fields);
  const near = nearest(unknown ?? (typeof received === 'string' ? received : ''), allowed);
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])].join('.');
  throw new ConfigurationError(
    {
      rule: `${place || 'the configuration'} ${unknown === undefined ? expectation(issue) : 'must have known fields only'}`,
      received: show(unknown ?? received),
      remedy: near
        ? `did you mean ${near}?`
        : `mend ${path || 'it'}; docs/tidecast.schema.json lists all fields`,
    },
    { path },
  );
}

/** The schema for editors and other tools (JSON Schema 2020-12), as docs/tidecast.schema.json holds it. */
export const configurationJsonSchema = (): object => z.toJSONSchema(configurationSchema, { io: 'input' });

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** A budget as the most steps of each member, or as the seconds of the whole training. */
export type Budget = { readonly steps: number } | { readonly seconds: number };

export function budgetOf({ budget }: Configuration): Budget {
  const amount = Number.parseInt(budget, 10);
  if (budget.endsWith('steps')) return { steps: amount };
  const unit = budget.endsWith('h') ? 3600 : budget.endsWith('m') ? 60 : 1;
  return { seconds: unit * amount };
}
