import type { Prices } from '../../shared/documents/index.ts';
import type { Figure, Measured } from './measured.ts';

/** Part of a price: what it is for, how it is reckoned, and how much it is. */
interface Part {
  readonly name: string;
  readonly reckoned: string;
  readonly dollars: number;
}

const dollars = (amount: number): string =>
  amount >= 0.995 ? `$${amount.toFixed(2)}` : `$${amount.toPrecision(2)}`;

const gigabytes = ({ memory }: Measured): number => memory.value / 1024;

/** Functions of the train function's memory on each of the two cores for all of the time: rather too much. */
function trainingParts(prices: Prices, measured: Measured): readonly Part[] {
  const { training, trainingRequests, trainingTransitions } = measured;
  const used = 2 * training.value * gigabytes(measured);
  return [
    {
      name: 'Lambda, time',
      reckoned: `2 × ${training.value} s × ${gigabytes(measured).toFixed(2)} GB`,
      dollars: used * prices.lambdaGigabyteSecond,
    },
    {
      name: 'Lambda, requests',
      reckoned: `${trainingRequests.value}`,
      dollars: trainingRequests.value * prices.lambdaRequest,
    },
    {
      name: 'Step Functions',
      reckoned: `${trainingTransitions.value} transitions`,
      dollars: trainingTransitions.value * prices.stateTransition,
    },
  ];
}

/** A million requests of one item each. */
function requestParts(prices: Prices, measured: Measured): readonly Part[] {
  const { forecast } = measured;
  return [
    {
      name: 'Lambda, time',
      reckoned: `10⁶ × ${forecast.value} ms × ${gigabytes(measured).toFixed(2)} GB`,
      dollars: 1e6 * (forecast.value / 1000) * gigabytes(measured) * prices.lambdaGigabyteSecond,
    },
    { name: 'Lambda, requests', reckoned: '10⁶', dollars: 1e6 * prices.lambdaRequest },
    { name: 'API Gateway', reckoned: '10⁶ requests', dollars: 1e6 * prices.httpRequest },
    { name: 'S3', reckoned: '10⁶ reads of stored series', dollars: 1e6 * prices.readRequest },
  ];
}

/** A million items in one export. */
function exportParts(prices: Prices, measured: Measured): readonly Part[] {
  const { exported } = measured;
  return [
    {
      name: 'Lambda, time',
      reckoned: `${exported.value} s × ${gigabytes(measured).toFixed(2)} GB`,
      dollars: exported.value * gigabytes(measured) * prices.lambdaGigabyteSecond,
    },
    { name: 'S3', reckoned: '4,096 reads of shards', dollars: 4096 * prices.readRequest },
    { name: 'S3', reckoned: '240 writes of files and document', dollars: 240 * prices.writeRequest },
  ];
}

function idleParts(prices: Prices, { stored, alarms }: Measured): readonly Part[] {
  return [
    {
      name: 'S3',
      reckoned: `${stored.value} GB`,
      dollars: stored.value * prices.storedGigabyteMonth,
    },
    { name: 'Secrets Manager', reckoned: '1 secret', dollars: prices.secretMonth },
    { name: 'CloudWatch', reckoned: `${alarms.value} alarms`, dollars: alarms.value * prices.alarmMonth },
    { name: 'CloudWatch', reckoned: '1 dashboard', dollars: prices.dashboardMonth },
  ];
}

function section(title: string, parts: readonly Part[]): string {
  const sum = parts.reduce((total, part) => total + part.dollars, 0);
  const lines = parts.map(
    ({ name, reckoned, dollars: own }) => `| ${name} | ${reckoned} | ${dollars(own)} |`,
  );
  return `## ${title}: ${dollars(sum)}\n| what | reckoned | price |\n|---|---|---|\n${lines.join('\n')}\n`;
}

/** docs/cost.md, as a whole. */
export const costPage = (prices: Prices, measured: Measured): string => `# What it costs

Prices of AWS for what was measured here. Made by \`npm run -s cost\` from the price table in \`shared/documents/prices.ts\` (${prices.asOf}; ${prices.of}) and the figures in \`scripts/cost/measured.ts\`; do not edit it by hand. The job documents' estimates use the same table.

A core of Lambda is not one of ours, so that these are estimates. Left out are data going out, logs and metrics (they follow what is logged), and EventBridge and SQS, which cost less than a cent for a training run.

${section('A training run', trainingParts(prices, measured))}
${section('A million forecasts, asked for one by one', requestParts(prices, measured))}
${section('A million forecasts, in one export', exportParts(prices, measured))}
${section('An idle month', idleParts(prices, measured))}
The dashboard and the alarms are most of an idle month; within the free tier of CloudWatch (three dashboards, ten alarms) they cost nothing.

## Figures
| what | value | from |
|---|---|---|
${figureLines(measured)}
`;

const units: Readonly<Record<keyof Measured, string>> = {
  training: 'a training run, s',
  trainingRequests: 'its Lambda requests',
  trainingTransitions: 'its state transitions',
  forecast: 'one forecast, warm, ms',
  exported: 'an export of a million items, processor seconds',
  memory: 'memory of a function, MiB',
  stored: 'stored, GB',
  alarms: 'alarms',
};

const figureLines = (measured: Measured): string =>
  (Object.entries(measured) as [keyof Measured, Figure][])
    .map(([name, { value, from }]) => `| ${units[name]} | ${value} | ${from} |`)
    .join('\n');
