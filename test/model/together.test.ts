import { openSession } from '../../shared/graph/index.ts';
import { exportForecaster, type View } from '../../shared/model/index.ts';
import { ask, column, movedParameters, seasonal, tinySettings } from '../support/forecaster.ts';

/** A view with so many members, all with parameters far from their start. */
function viewOf(transform: 'log' | 'identity', members: number): View {
  const all = tinySettings({ transform, unit: transform === 'log' ? 0.1 : 1, calendar: [] });
  const settings = { ...all, members: all.members.slice(0, members) };
  return { settings, parameters: movedParameters(settings) };
}

async function medians(views: readonly View[], history: readonly number[]): Promise<readonly number[]> {
  const session = await openSession(await exportForecaster(views, [1, 1, 1], {}));
  const { quantiles } = await ask(session, [column(history)]);
  await session.release();
  return [...quantiles].filter((_, i) => i % 3 === 1);
}

const history = seasonal(60).map((value) => value + 30);

test('views weigh as many as they have members', async () => {
  const [log, identity] = [viewOf('log', 1), viewOf('identity', 3)];
  const [ofLog, ofIdentity] = [await medians([log], history), await medians([identity], history)];
  (await medians([log, identity], history)).forEach((median, step) => {
    const expected = 0.25 * (ofLog[step] ?? 0) + 0.75 * (ofIdentity[step] ?? 0);
    expect(median / expected).toBeCloseTo(1, 9);
  });
});
