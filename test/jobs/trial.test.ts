import { parseConfiguration } from '../../shared/documents/index.ts';
import { loadPrepared, plan } from '../../shared/jobs/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { fileStore } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('trial');

/** What plan decides on daily series of some kind, with one small member or two. */
async function planned(valueAt: (day: number, noise: number, item: number) => number, more: object = {}) {
  const rows = Array.from({ length: 24 }, (_, item) => {
    const random = createRandom(item + 1);
    return Array.from({ length: 90 }, (__, day) => {
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      return `i${item},${date},${valueAt(day, random.normal(), item)}`;
    });
  });
  const file = folder.table(`item_id,timestamp,target\n${rows.flat().join('\n')}\n`);
  const store = fileStore(folder.root());
  const configuration = parseConfiguration({ members: 2, units: 8, horizon: 7, budget: '150steps', ...more });
  await plan({ store, dataset: 'd', job: 'j', files: [file], configuration, parent: null });
  const { plan: document, views } = await loadPrepared(store, 'd', 'j');
  return {
    ...document,
    transforms: views.map(({ transform }) => transform),
    members: views.map((view) => view.members.length),
  };
}

const week = (day: number): number => Math.sin((2 * Math.PI * day) / 7);

test('growth with noise that grows with the level is seen as logarithms', async () => {
  const { transforms, seasons, reasons } = await planned((day, noise, item) =>
    Math.exp(1 + item / 4 + 0.04 * day + 0.5 * week(day) + 0.1 * noise),
  );
  expect(transforms).toEqual(['log']);
  expect(seasons).toEqual([7]);
  expect(reasons.transform).toMatch(/^holdout loss of one member: log 0\.\d+, identity 0\.\d+$/);
  expect(reasons.seasons).toMatch(/^holdout loss of one member: 7 0\.\d+, none 0\.\d+$/);
});

test('where the trial contradicts the rule, members of both transforms take turns', async () => {
  // Added noise just above zero: logarithms make much of the lowest values.
  const { transforms, members, reasons } = await planned((day, noise) =>
    Math.max(0.01, 6 + 3 * week(day) + 1.5 * noise),
  );
  expect(transforms).toEqual(['log', 'identity']);
  expect(members).toEqual([1, 1]);
  expect(reasons.transform).toMatch(/members of both, as the rule says log$/);
});

test('what the configuration says is not tried, zeros rule logarithms out', async () => {
  const said = await planned((day, noise) => 10 + week(day) + 0.1 * noise, { transform: 'asinh' });
  expect(said.transforms).toEqual(['asinh']);
  expect(said.reasons.transform).toBe('asinh: by rule, nothing else fits the data');
  const counts = await planned((day, noise) => Math.max(0, Math.round(2 + 2 * week(day) + noise)));
  expect(counts.transforms).toEqual(['identity']);
});
