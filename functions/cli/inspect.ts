import type { BundleDescription } from '../../shared/bundle/index.ts';
import { printReport, readDataset } from '../../shared/dataset/index.ts';
import { printFrequency } from '../../shared/frequency/index.ts';
import { readOptions } from '../../shared/jobs/index.ts';
import { backtestTable } from './backtest-table.ts';
import { budgetLine } from './budget-line.ts';
import { isBundle, openBundle } from './bundle.ts';
import { print, printJson, program, quoted, say } from './output.ts';
import { configurationOf, type ReadingOptions } from './reading.ts';

interface InspectOptions extends ReadingOptions {
  readonly related?: string[];
  readonly items?: string[];
  readonly json?: boolean;
}

/** `tidecast inspect`: what is in a table, or in a bundle. */
export async function inspect(paths: string[], options: InspectOptions): Promise<void> {
  const { json, related = [], items = [] } = options;
  const [path = ''] = paths;
  if (isBundle(path)) return inspectBundle(path, json);
  const { report } = await readDataset(paths, { ...readOptions(configurationOf(options)), related, items });
  if (json) return printJson(report);
  print(printReport(report).join('\n'));
  // What was said here goes for training too.
  const said = process.argv.slice(process.argv.indexOf('inspect') + 1);
  say(`next: ${program} train ${said.map(quoted).join(' ')}`);
}

async function inspectBundle(path: string, json: boolean | undefined): Promise<void> {
  const { path: folder, description } = await openBundle(path);
  if (json) return printJson(description);
  const { dataset, frequency, horizon, context, channels, covariates, levels, members, data, metrics } =
    description;
  print(
    [
      `bundle of ${dataset}, every file checked against its checksum`,
      `frequency ${printFrequency(frequency)}, horizon ${horizon}, reads up to ${context} periods`,
      `channels ${channels.join(', ')}; ${covariateLine(covariates)}`,
      `quantiles ${levels.join(', ')}; ${members.length} members`,
      ...budgetLine(description),
      `trained on ${data.items ?? '?'} items, ${data.observations ?? '?'} observations`,
      '',
      backtestTable(metrics.backtest),
    ].join('\n'),
  );
  say(`next: ${program} forecast ${quoted(folder)}`);
}

function covariateLine({
  known,
  past,
  static: statics,
  unused = [],
}: BundleDescription['covariates']): string {
  const kinds = [
    `known covariates ${known.join(', ') || 'none'}`,
    ...(past.length > 0 ? [`past ${past.join(', ')}`] : []),
    ...(statics.length > 0 ? [`static ${statics.map(({ name }) => name).join(', ')}`] : []),
    ...(unused.length > 0 ? [`not read ${unused.join(', ')}`] : []),
  ];
  return kinds.join('; ');
}
