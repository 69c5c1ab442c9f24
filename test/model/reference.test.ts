import { unitOf } from '../../shared/jobs/measure.ts';
import type { ForecasterSettings } from '../../shared/model/index.ts';
import { seriesOfRows } from '../support/examples.ts';
import { ask, column, openForecaster } from '../support/forecaster.ts';
import { memberVector, type ReferenceCase, referenceCases, settingsOf } from '../support/reference.ts';

/** The forecasts of some members, exported as they are served, for each series at its end: `[horizon · quantile]`. */
async function forecastsOf(one: ReferenceCase, settings: ForecasterSettings, from: number, to: number) {
  const some = { ...settings, members: settings.members.slice(from, to) };
  const vectors = one.members
    .slice(from, to)
    .map(({ weights }, i) => memberVector(some, some.members[i] ?? fail(), weights));
  const session = await openForecaster(
    some,
    vectors,
    some.levels.map(() => 1),
  );
  const answers = [];
  for (const values of one.series) answers.push((await ask(session, [column(values)])).quantiles);
  await session.release();
  return answers;
}

function fail(): never {
  throw new RangeError('a case has a rule for each member');
}

/** The largest relative difference of a series' forecasts. */
const apart = (found: Float64Array, expected: readonly number[]): number =>
  found.length === expected.length
    ? expected.reduce((most, value, i) => Math.max(most, Math.abs((found[i] ?? Number.NaN) / value - 1)), 0)
    : Number.NaN;

describe.each(referenceCases().map((one) => [one.season, one.members[0]?.rule.stride, one] as const))(
  'with the same weights, season %p and a step every %p periods',
  (_season, _stride, one) => {
    let settings: ForecasterSettings;
    beforeAll(async () => {
      // The mean change over all the data is measured as a job does.
      const series = one.series.map((values) => seriesOfRows(values.map((value) => [value])));
      settings = settingsOf(one, await unitOf(settingsOf(one, 1), series));
    });

    test.each(one.members.map(({ rule }, i) => [rule.scale, rule.w, rule.theta, i] as const))(
      'the forecasts of a member (%p, window %p, Theta %p) are the reference’s within 1e-4',
      async (_scale, _window, _theta, i) => {
        const answers = await forecastsOf(one, settings, i, i + 1);
        answers.forEach((found, s) => {
          expect(apart(found, one.members[i]?.forecasts[s]?.flat() ?? [])).toBeLessThan(1e-4);
        });
      },
    );

    // Where a member's quantiles cross, the reference sorts them before the mean over members, we after it.
    test('members whose quantiles do not cross are averaged as the reference does, within 1e-4', async () => {
      const answers = await forecastsOf(one, settings, 0, one.members.length - 1);
      answers.forEach((found, s) => {
        expect(apart(found, one.together[s]?.flat() ?? [])).toBeLessThan(1e-4);
      });
    });
  },
);
