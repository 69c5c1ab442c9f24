import { printReport, readDataset } from '../../shared/dataset/index.ts';
import { printFrequency } from '../../shared/frequency/index.ts';
import { isBundle, openBundle } from './bundle.ts';
import { figure, print, printJson, program, quoted, say } from './output.ts';

/** `tidecast inspect`: what is in a table, or in a bundle. */
export async function inspect(paths: string[], { json }: { readonly json?: boolean }): Promise<void> {
  const [path = ''] = paths;
  if (isBundle(path)) return inspectBundle(path, json);
  const { report } = await readDataset(paths);
  if (json) return printJson(report);
  print(printReport(report).join('\n'));
  say(`next: ${program} train ${paths.map(quoted).join(' ')}`);
}

async function inspectBundle(path: string, json: boolean | undefined): Promise<void> {
  const { path: folder, description } = await openBundle(path);
  if (json) return printJson(description);
  const { dataset, frequency, horizon, context, channels, covariates, levels, members, data, metrics } =
    description;
  const scores = metrics.backtest?.scores ?? {};
  print(
    [
      `bundle of ${dataset}, every file checked against its checksum`,
      `frequency ${printFrequency(frequency)}, horizon ${horizon}, reads up to ${context} periods`,
      `channels ${channels.join(', ')}; known covariates ${covariates.known.join(', ') || 'none'}`,
      `quantiles ${levels.join(', ')}; ${members.length} members`,
      `trained on ${data.items ?? '?'} items, ${data.observations ?? '?'} observations`,
      `backtest: MASE ${figure(scores.mase)}, sMAPE ${figure(scores.smape)}, wQL ${figure(scores.wql)}`,
    ].join('\n'),
  );
  say(`next: ${program} forecast ${quoted(folder)}`);
}
