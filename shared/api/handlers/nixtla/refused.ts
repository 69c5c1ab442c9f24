import { show } from '../../../errors/index.ts';
import { refused } from '../../problem.ts';
import type { CommonRequest } from '../../routes/nixtla/series.ts';

interface Options extends Omit<CommonRequest, 'model' | 'freq' | 'series'> {
  readonly feature_contributions?: boolean;
  readonly threshold_method?: string;
}

const train = 'models are trained from their dataset: leave it out, or upload the data and name that model';

/** Options that ask for what the models cannot do: what each must be, whether it is, and what to do instead. */
const rules: readonly [keyof Options, string, (options: Options) => boolean, string][] = [
  ['finetune_steps', '0', ({ finetune_steps }) => finetune_steps === 0, train],
  ['finetuned_model_id', 'null', ({ finetuned_model_id: id }) => id === null || id === undefined, train],
  [
    'model_parameters',
    'null',
    ({ model_parameters }) => Object.keys(model_parameters ?? {}).length === 0,
    'leave it out: a model has the parameters it was trained with',
  ],
  [
    'multivariate',
    'false',
    ({ multivariate }) => !multivariate,
    'leave it out: whether series are forecast together is decided in training',
  ],
  [
    'feature_contributions',
    'false',
    ({ feature_contributions = false }) => !feature_contributions,
    'leave it out: contributions of covariates are not computed',
  ],
  [
    'threshold_method',
    '"univariate"',
    ({ threshold_method = 'univariate' }) => threshold_method === 'univariate',
    'judge each series by itself',
  ],
];

/** @throws Refusal for the first option that the models cannot follow */
export function checkOptions(options: Options): void {
  for (const [name, value, holds, remedy] of rules) {
    if (holds(options)) continue;
    throw refused(name, { rule: `${name} must be ${value}`, received: show(options[name]), remedy });
  }
}
