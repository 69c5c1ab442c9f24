import { z } from 'zod';
import { calendarFeatureSchema, columnsOf } from '../calendar/index.ts';
import { frequencySchema } from '../frequency/index.ts';
import { checkName } from '../store/index.ts';
import { BundleError } from './errors.ts';

/** The version of the format that this code writes and reads. */
export const formatVersion = 1;

const count = z.int().positive();
const name = z.string().min(1);
const names = z.array(name).refine((list) => new Set(list).size === list.length, { error: 'each name once' });
const options = z.record(z.string(), z.json());
/** What the folder's kinds may add of their own. */
const open = z.json();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex');

export const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a plain file name');

const staticCovariate = z.discriminatedUnion('kind', [
  z.strictObject({ name, kind: z.literal('number') }),
  /** The graph takes a value's position in `values`. */
  z.strictObject({ name, kind: z.literal('category'), values: names }),
]);

const covariates = z.strictObject({
  /** Known into the future: the first columns of the graph's `known`. */
  known: names,
  /** Known until now: the columns of `past`. */
  past: names,
  /** Per item: numbers are the columns of `static_number`, categories those of `static_category`, in this order. */
  static: z.array(staticCovariate),
  /** Covariates of the data that the graph does not read: who sends them does no harm. */
  unused: names.optional(),
});

/** By the metric's name; null where it is not defined (MASE of a constant series). */
const scores = z.record(name, z.number().nullable());

const metrics = z
  .object({
    /** The fit that was scored, e.g. `before-origins`: the members before they were refitted on all data. */
    fit: name,
    scores,
    baselines: z.record(name, scores).optional(),
    /** Whether it is ahead of every baseline; a first version may be served although it is not. */
    beatsBaselines: z.boolean().optional(),
  })
  .catchall(open);

/** What the maker of a bundle says of it. Nothing here may be a time of day, a duration or a path. */
const described = {
  /** Tidecast's version. */
  tidecast: name,
  dataset: z.string().refine(isName, { error: 'a name of letters, digits, ".", "_", "-"' }),
  /** All settings, defaults filled in. */
  configuration: options,
  frequency: frequencySchema,
  /** Periods per cycle; 1 where there is none. */
  season: count,
  /** How series are changed inside the graph before networks see them; members take turns where there are more. */
  transforms: z.array(z.enum(['identity', 'log', 'asinh'])).min(1),
  /** Periods per cycle whose index is taken out before a network sees a series, shortest first. */
  seasons: z.array(count),
  /** What the mean of the members is mixed with inside the graph: weight of the baseline, the rest the members'. */
  mixture: z.object({ baseline: name, weight: z.number().gt(0).max(1) }).nullable(),
  /** Why it was made as it is: by the name of what was decided, a sentence. */
  reasons: z.record(name, z.string()),
  /** Most steps ahead. */
  horizon: count,
  /** Longest history that the graph reads, in periods. */
  context: count,
  /** `long`: one series per item. `wide`: one table, each column a channel of one joint forecast. */
  layout: z.enum(['long', 'wide']),
  /** The target's channels, in the order of the graph. */
  channels: names.min(1),
  covariates,
  /**
   * What makes columns of `known` that are no arithmetic of the period index. They stand behind the known covariates,
   * in this order.
   */
  features: z.array(calendarFeatureSchema),
  /** Quantile levels of the graph, ascending. */
  levels: z
    .array(z.number().gt(0).lt(1))
    .min(1)
    .refine((list) => list.every((level, i) => i === 0 || level > (list[i - 1] ?? 0)), {
      error: 'levels must ascend',
    }),
  /** The version whose weights its members started from, where they did. */
  parent: name.optional(),
  members: z.array(z.object({ seed: z.int(), steps: z.int().nonnegative() }).catchall(open)).min(1),
  data: z
    .object({
      /** Of keys and etags, or of content: equal for equal data. */
      fingerprint: name,
      items: count.optional(),
      observations: z.int().nonnegative().optional(),
      /** Period index of the newest observation that a fit has seen. */
      lastPeriod: z.int().optional(),
      /** The same of the fit before the backtest's origins, and of the fits that its weights come from. */
      fitPeriod: z.int().optional(),
    })
    .catchall(open),
  /** By the name of the evaluation, e.g. `backtest`. */
  metrics: z.record(name, metrics),
};

const files = z.record(fileName, z.strictObject({ bytes: z.int().nonnegative(), sha256 }));

const inputSchema = z.strictObject(described).superRefine(({ features, frequency }, context) => {
  features.forEach(({ generator, columns }, i) => {
    const made = columnsOf(generator, frequency);
    if (columns.join() === made.join()) return;
    const message = `must be what ${generator} makes at this frequency: ${made.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['features', i, 'columns'], message, input: columns });
  });
});
/** `bundle.json`: the description, and what the other files must be. */
const schema = z.strictObject({
  formatVersion: z.literal(formatVersion),
  ...described,
  files: files.refine((list) => 'forecaster.onnx' in list, { error: 'forecaster.onnx must be among them' }),
  /** SHA-256 of this document without this line. */
  checksum: sha256,
});

/** Says of a bundle what its maker knows; the rest of `bundle.json` follows from the files. */
export type BundleInput = z.input<typeof inputSchema>;
export type BundleDescription = z.output<typeof schema>;
export type BundleMetrics = z.output<typeof metrics>;

/** @throws BundleError naming the first field that breaks the schema */
export const checkInput = (input: unknown): BundleInput => check(inputSchema, input, 'the description');

/** @throws BundleError for another format version, or naming the first field that breaks the schema */
export function checkDescription(document: unknown, where: string): BundleDescription {
  const found = (document as { formatVersion?: unknown } | null)?.formatVersion;
  if (found !== formatVersion) {
    throw new BundleError({
      rule: `${where}: formatVersion must be ${formatVersion}`,
      received: JSON.stringify(found) ?? 'none',
      remedy:
        typeof found === 'number' && found > formatVersion
          ? 'update Tidecast, or train again with this version'
          : 'train again: this is not a bundle that Tidecast wrote',
    });
  }
  return check(schema, document, where);
}

function check<T>(rules: z.ZodType<T>, value: unknown, where: string): T {
  const { success, data, error } = rules.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new BundleError({
    rule: `${where}: ${issue?.path.join('.') || 'the document'} must follow the format (${issue?.message})`,
    received: JSON.stringify(issue?.path.reduce<unknown>(member, value)) ?? 'nothing',
    remedy: 'mend the field where the bundle is made; a bundle that was changed by hand must be made again',
  });
}

const member = (value: unknown, key: PropertyKey): unknown => (value as Record<PropertyKey, unknown>)?.[key];

function isName(value: string): boolean {
  try {
    checkName('dataset', value);
    return true;
  } catch {
    return false;
  }
}
