import { everybody, localApi } from '../../shared/api/index.ts';
import { promote, readCurrent } from '../../shared/bundle/index.ts';
import { createChampions, openThreadedModel } from '../../shared/serve/index.ts';
import { publish } from '../api/support.ts';
import { memoryStore } from '../bundle/support.ts';

const { store } = memoryStore();
/** How long the opening of another model takes, in turns of the loop that asks. */
let slow: Promise<void> = Promise.resolve();

const champions = createChampions(store, {
  refresh: 0,
  wait: false,
  open: async (...asked) => {
    if (asked[1] === 'slow') await slow;
    return openThreadedModel(...asked);
  },
});
const app = localApi({
  ...{ store, champions, authenticate: everybody },
  permitUpload: async () => ({ url: '', headers: {} }),
});
afterAll(() => champions.close());

interface Answer {
  readonly version: string;
  readonly forecasts: readonly { readonly mean: readonly number[] }[];
}

/** Several series in one request, so that an answer could be of two versions. */
async function forecast(model: string): Promise<Answer> {
  const series = [1, 2, 3].map((item) => ({
    item: `item ${item}`,
    start: '2024-01-01T00:15:00Z',
    target: Array.from({ length: 60 }, (_, t) => 10 * item + Math.sin(t)),
  }));
  const answer = await app.request(`/v1/models/${model}/forecast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ series }),
  });
  const body = await answer.json();
  if (answer.status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

const means = ({ forecasts }: Answer) => forecasts.map(({ mean }) => mean);

test('while the champion is swapped under load, no request fails and each answer is of one version', async () => {
  // The second one forecasts in other units, so that the two cannot be taken for each other.
  const first = (await publish(store, 'power')).version;
  const alone = new Map([[first, means(await forecast('power'))]]);
  const second = (await publish(store, 'power', { seed: 2, unit: 0.5 })).version;
  await forecast('power');
  for (let answer = await forecast('power'); !alone.has(second); answer = await forecast('power'))
    if (answer.version === second) alone.set(second, means(answer));

  const [[[one = 0] = []] = [], [[two = 0] = []] = []] = [...alone.values()];
  expect(Math.abs(one - two)).toBeGreaterThan(0.1);

  let swapping = true;
  const seen = new Set<string>();
  const ask = async () => {
    while (swapping) {
      const answer = await forecast('power');
      seen.add(answer.version);
      const expected = alone.get(answer.version) ?? [];
      // Runs that were made one may differ in the last digits.
      means(answer).forEach((mean, i) => {
        mean.forEach((value, step) => {
          expect(value).toBeCloseTo(expected[i]?.[step] ?? Number.NaN, 4);
        });
      });
    }
  };
  const asking = Array.from({ length: 8 }, ask);
  for (const version of [first, second, first, second, first]) {
    await promote(store, 'power', { version, reason: 'test', from: await readCurrent(store, 'power') });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  swapping = false;
  await Promise.all(asking);
  expect(seen).toEqual(new Set([first, second]));
}, 60_000);

test('while a model takes long to be opened, others are answered, and then it is', async () => {
  let open = () => {};
  slow = new Promise((resolve) => {
    open = resolve;
  });
  const { version } = await publish(store, 'slow');
  let answered = false;
  const waiting = forecast('slow').then((answer) => {
    answered = true;
    return answer;
  });
  for (let i = 0; i < 20; i++) await forecast('power');
  expect(answered).toBe(false);
  open();
  expect((await waiting).version).toBe(version);
}, 60_000);
