import {
  cast,
  concat,
  createScope,
  type Graph,
  input,
  reshape,
  transpose,
  unsqueeze,
  type Value,
} from '../../graph/index.ts';
import { featureRows, transformSeries } from './features/index.ts';
import { asSeries } from './history.ts';
import { knotsOf } from './knots.ts';
import { baselineAhead } from './mixture.ts';
import { type ForecasterSettings, mixtureBaselines } from './settings.ts';
import { together } from './together.ts';

const timeFirst = (value: Value): Value => transpose(value, [1, 0, 2]);

/**
 * The way back to the data's units alone, as the forecaster has it inside: what members forecast as z is judged in
 * them.
 *
 * - in: `values` float64 `[batch, context + horizon, channel]`, of which the context is looked at; for each view a
 *   `z<view>` float32 `[batch, channel, horizon, knot]`
 * - out: `quantiles` float64, shaped as one z: what the views expect together
 *
 * @param views one at least
 */
export function wayBackGraph(views: readonly ForecasterSettings[]): Graph {
  const [first] = views;
  if (!first) throw new RangeError('a forecaster has a view at least');
  const { context, horizon, channels } = first;
  const knots = knotsOf(first.levels).length;
  const scope = createScope();
  const values = input(scope, 'values', 'float64', ['batch', context + horizon, channels]);
  const raw = asSeries(timeFirst(values));
  const inputs = views.map((_, v) => input(scope, `z${v}`, 'float32', ['batch', channels, horizon, knots]));
  const expected = inputs.map((z, v) => {
    const { back } = transformSeries((views[v] ?? first).transform, raw, context);
    const bySeries = reshape(z, ['series', horizon, knots]);
    return back(cast(transpose(bySeries, [1, 2, 0]), 'float64')); // [horizon, knot, series]
  });
  const quantiles = transpose(together(views, expected), [2, 0, 1]);
  return {
    inputs: [values, ...inputs],
    outputs: { quantiles: reshape(quantiles, ['batch', channels, horizon, knots]) },
  };
}

/**
 * What each baseline that a forecast may be mixed with expects.
 *
 * - in: `values` as above
 * - out: `baselines` float32 `[batch, channel, horizon, baseline]`, z, in the order of `mixtureBaselines`
 */
export function baselinesGraph(all: ForecasterSettings): Graph {
  const settings: ForecasterSettings = { ...all, known: 0, mixture: { baseline: 'theta', weight: 1 } };
  const { context, horizon, channels } = settings;
  const scope = createScope();
  const values = input(scope, 'values', 'float64', ['batch', context + horizon, channels]);
  const { rows } = featureRows(settings, asSeries(timeFirst(values)), []);
  const ahead = concat(
    mixtureBaselines.map((name) => unsqueeze(transpose(baselineAhead(settings, name, rows), [1, 0]), 2)),
    2,
  ); // [series, horizon, baseline]
  return {
    inputs: [values],
    outputs: { baselines: reshape(ahead, ['batch', channels, horizon, mixtureBaselines.length]) },
  };
}
