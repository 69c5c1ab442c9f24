/**
 * Runs a small training job in a process of its own, which may be killed: `node --import tsx runner.ts ROOT TABLE`.
 * Says on standard output how far it is.
 */
import { type Job, parseConfiguration } from '../../shared/documents/index.ts';
import { runJob } from '../../shared/jobs/index.ts';

const [root = '', table = ''] = process.argv.slice(2);

const progress = ({ stage, members }: Job): string =>
  stage === 'train' ? `train: ${members.map(({ phase, step }) => `${phase} ${step}`).join(', ')}` : stage;

process.stdout.write('begins\n');
await runJob({
  root,
  dataset: 'small',
  files: [table],
  configuration: parseConfiguration({ members: 2, units: 16, budget: '1000steps', horizon: 12 }),
  processes: 2,
  // What is made twice is to be the same.
  now: () => new Date(0),
  onChange: (job) => process.stdout.write(`${progress(job)}\n`),
});
