import {
  decideStart,
  inputsFingerprint,
  type Job,
  jobId,
  newJob,
  type StartQuestion,
} from '../../shared/documents/index.ts';

const made = { dataset: 'd', parts: ['e1', 'e2'], configuration: { cell: 'lstm', seed: 1 } };

test('the same data and configuration have the same fingerprint, in whatever order fields stand', () => {
  const other = { configuration: { seed: 1, cell: 'lstm' }, parts: ['e1', 'e2'], dataset: 'd' };
  expect(inputsFingerprint(other)).toBe(inputsFingerprint(made));
  expect(inputsFingerprint(made)).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  ['another name', { ...made, dataset: 'd2' }],
  ['another part', { ...made, parts: ['e1', 'e3'] }],
  ['a part less', { ...made, parts: ['e1'] }],
  ['another configuration', { ...made, configuration: { cell: 'gru', seed: 1 } }],
])('%s has another fingerprint', (_, other) => {
  expect(inputsFingerprint(other)).not.toBe(inputsFingerprint(made));
});

test('a job on the same inputs with another parent is another job', () => {
  expect(jobId('f', null)).toBe(jobId('f', null));
  expect(new Set([jobId('f', null), jobId('f', 'v1'), jobId('g', null)]).size).toBe(3);
});

describe('what there is to do', () => {
  const job = (status: Job['status']): Job => ({
    ...newJob('d', 'j', { fingerprint: 'same', objects: [], parent: null }),
    status,
  });
  const latest = { inputs: 'same', job: 'j', etag: 'e' };
  const decide = (question: Partial<StartQuestion>) =>
    decideStart({ inputs: 'same', latest, job: job('running'), executing: false, ...question });

  test.each<[string, Partial<StartQuestion>, string]>([
    ['nothing was ever done', { latest: null, job: null }, 'begin'],
    ['the newest job has no document', { job: null }, 'begin'],
    ['the same was done', { job: job('done') }, 'done'],
    ['the same has failed', { job: job('failed') }, 'failed'],
    ['the same is being worked on', { executing: true }, 'busy'],
    ['the same was left behind', {}, 'resume'],
    ['the same was cancelled', { job: job('cancelled') }, 'resume'],
    ['another is being worked on', { inputs: 'new', executing: true }, 'busy'],
    ['another was left behind', { inputs: 'new' }, 'begin'],
    ['another was done', { inputs: 'new', job: job('done') }, 'begin'],
    ['another has failed', { inputs: 'new', job: job('failed') }, 'begin'],
    // The last thing an execution does is to look for new inputs: its own job has ended by then.
    ['another was done by what still runs', { inputs: 'new', job: job('done'), executing: true }, 'begin'],
  ])('where %s: %s', (_, question, expected) => {
    expect(decide(question)).toBe(expected);
  });
});
