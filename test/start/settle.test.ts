import { scratch } from '../support/job.ts';
import { type World, world } from './world.ts';

const folder = scratch('start-settle');
let here: World;

beforeEach(() => {
  here = world(folder.root());
});

describe('settling', () => {
  const exception = {
    Error: 'Error',
    Cause: JSON.stringify({ errorType: 'RangeError', errorMessage: 'there is no member 7', trace: [] }),
  };

  test.each([
    ["Lambda's exception", exception, 'RangeError: there is no member 7'],
    ['a time-out', { Error: 'States.Timeout' }, 'States.Timeout: no cause given'],
    ['plain text', { Error: 'Lambda.Unknown', Cause: 'out of memory' }, 'Lambda.Unknown: out of memory'],
  ])(
    'after %s marks the job as failed, in its words, and does not begin it again',
    async (_, error, message) => {
      await here.upload('a.csv');
      here.at(30);
      const { job = '' } = await here.start();
      here.at(75);
      expect(await here.end(job, error)).toMatchObject({ status: 'failed', next: { kind: 'failed', job } });
      expect(await here.latest()).toMatchObject({
        ...{ status: 'failed', seconds: 45, error: { code: 'EXECUTION', message } },
      });
      here.at(500);
      expect((await here.start()).kind).toBe('failed');
      expect(here.machine.began).toEqual([job]);
    },
  );

  test('leaves the words of a step that said itself what was wrong', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    const error = { code: 'DIVERGED', message: 'the loss', remedy: 'lower the rate' };
    await here.note(job, { status: 'failed', error });
    expect(await here.end(job, exception)).toMatchObject({ status: 'failed' });
    expect((await here.latest())?.error).toEqual(error);
  });

  test('after a message about a job that is done could not be sent leaves it done', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    await here.note(job, { status: 'done' });
    expect((await here.end(job, { Error: 'EventBridge.Fault' })).status).toBe('done');
  });

  test('a job without a word marks it as failed, and one without a document is no trouble', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    expect(await here.end(job)).toMatchObject({ status: 'failed' });
    expect(await here.end('gone', exception)).toMatchObject({ status: null, next: { kind: 'failed' } });
  });
});
