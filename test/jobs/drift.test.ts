import { readCurrent } from '../../shared/bundle/index.ts';
import { type ConfigurationInput, parseConfiguration } from '../../shared/documents/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { fileStore } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('drift');
const root = folder.root();
const store = fileStore(root);

interface Shape {
  readonly hours?: number;
  readonly columns?: readonly string[];
}

/** Sixty rows so many hours apart, each column with numbers of its own. */
function table({ hours = 1, columns = ['north', 'south'] }: Shape = {}): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const time = new Date(Date.UTC(2024, 0, 1, i * hours)).toISOString().slice(0, 19);
    return [time, ...columns.map((_name, c) => ((i * (c + 3)) % 11) + (c + 1) / 7)].join();
  });
  return `${[['time', ...columns].join(), ...rows].join('\n')}\n`;
}

const train = (shape: Shape, more: ConfigurationInput = {}) =>
  runJob({
    ...{ root, dataset: 'power', files: [folder.table(table(shape))], processes: 1 },
    configuration: parseConfiguration({ members: 1, units: 4, budget: '20steps', horizon: 3, ...more }),
  });

let serves = '';
beforeAll(async () => {
  serves = (await train({})).job.version ?? '';
}, 60_000);

test.each<[string, Shape, string]>([
  ['another frequency', { hours: 2 }, 'rows 1h apart, as those of the model that serves, got rows 2h apart'],
  [
    'without a channel',
    { columns: ['north', 'west'] },
    'the number columns north, south, as those of the model that serves, got none called south',
  ],
])(
  'an upload %s is refused, and the champion stays',
  async (_, shape, message) => {
    await expect(train(shape)).rejects.toThrow(
      `the data must still have ${message}: mend the upload, make a dataset of another name, or say in the configuration how it is meant`,
    );
    expect((await readCurrent(store, 'power'))?.version).toBe(serves);
  },
  60_000,
);

test('where the configuration has changed what is read, that is how it was meant', async () => {
  const { job } = await train({ hours: 2 }, { frequency: '2h' });
  expect(job.status).toBe('done');
}, 60_000);
