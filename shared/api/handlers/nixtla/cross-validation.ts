import { checkHorizon } from '../../../forecast/index.ts';
import type { OpenModel } from '../../../serve/index.ts';
import { at, refused } from '../../problem.ts';
import type {
  NixtlaCrossValidation,
  NixtlaCrossValidationRequest,
} from '../../routes/nixtla/cross-validation.ts';
import { checkSize, type ForecastDependencies, withModel } from '../forecast.ts';
import { checkWindows, leastHistory } from '../windows.ts';
import { bandsOf } from './bands.ts';
import { checkFrequency } from './frequency.ts';
import { checkOptions } from './refused.ts';
import { type Sequence, sequencesOf } from './sequences.ts';
import { forecastWindows, type Window } from './windows.ts';

export async function answerCrossValidation(
  dependencies: ForecastDependencies,
  request: NixtlaCrossValidationRequest,
): Promise<NixtlaCrossValidation> {
  const { model: name, series, level, freq, full_history: whole, hist_exog: historic } = request;
  checkOptions(request);
  return withModel(dependencies, name, series.sizes.length, async (model) => {
    checkFrequency(model.description.frequency, freq);
    const bands = bandsOf(model.shape.levels, level ?? []);
    const sequences = sequencesOf(model, series, { historic });
    const cut = whole ? side(model) : spaced(model, request);
    const windows = sequences.flatMap(cut);
    checkWindows(windows.length, 'series.sizes', 'ask for fewer windows or fewer series at a time');
    const values = windows.reduce((sum, { steps }) => sum + steps, 0);
    checkSize(values * (3 + bands.ends.length), { largest: dependencies.largestAnswer });
    const { intervals, ...answer } = await forecastWindows(model, sequences, windows, bands);
    // The client adds its table of the past to that of the future, which has no such column.
    if (whole) return { ...answer, intervals: bands.ends.length > 0 ? intervals : null };
    return { ...answer, intervals: { ...intervals, 'in-training': answer.in_training.map(Number) } };
  });
}

/** Windows of the model's horizon side by side, the last at the end, none before a season has been seen. */
function side(model: OpenModel): (sequence: Sequence) => Window[] {
  const { horizon } = model.shape;
  const least = leastHistory(model);
  return (sequence) => {
    const { length } = sequence.target;
    const count = Math.max(0, Math.floor((length - least) / horizon));
    return Array.from({ length: count }, (_, i) => ({
      sequence,
      rows: length - (count - i) * horizon,
      steps: horizon,
    }));
  };
}

/** As many windows as were asked for, the last at the end. @throws Refusal where a series is too short for them */
function spaced(
  model: OpenModel,
  { h, n_windows: count, step_size }: NixtlaCrossValidationRequest,
): (sequence: Sequence, index: number) => Window[] {
  at('h', () => checkHorizon(model.shape, h));
  const step = step_size ?? h;
  const needed = h + (count - 1) * step + 1;
  return (sequence, index) => {
    const { length } = sequence.target;
    if (length < needed) {
      throw refused(`series.sizes[${index}]`, {
        rule: `a series must have at least ${needed} observations for ${count} windows of ${h} steps, ${step} apart`,
        received: String(length),
        remedy: 'ask for fewer windows or steps, or leave out the short series',
      });
    }
    return Array.from({ length: count }, (_, i) => ({
      sequence,
      rows: length - h - (count - 1 - i) * step,
      steps: h,
    }));
  };
}
