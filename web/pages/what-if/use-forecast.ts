import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Item, Model } from '../../api/index.ts';
import { useApi } from '../../api/index.ts';
import { type Answer, createForecaster, type Forecaster } from './compute.ts';
import { newestOnly } from './newest.ts';

/** A model that is open while the page shows it. */
export function useForecaster(model: Model): Forecaster {
  const { client } = useApi();
  const forecaster = useMemo(() => createForecaster(client, model), [client, model]);
  useEffect(() => () => forecaster.close(), [forecaster]);
  return forecaster;
}

export interface Forecasting {
  /** The newest that there is, until the next one comes. */
  readonly answer: Answer | null;
  readonly error: unknown;
  readonly waiting: boolean;
}

type Known = Readonly<Record<string, readonly number[]>>;

const none: Forecasting = { answer: null, error: null, waiting: false };

/** Rest before a forecast is asked for, in milliseconds: a digit typed is seldom the last. */
const rest = 60;

/** The forecast of an item with values of its known covariates; of none where they are not complete. */
export function useForecast(forecaster: Forecaster, item: Item, known: Known | null): Forecasting {
  const [state, setState] = useState(none);
  const newest = useMemo(
    () =>
      newestOnly(
        (values: Known) => forecaster.forecast({ item, known: values }),
        (answer) => setState({ answer, error: null, waiting: false }),
        (error) => setState({ answer: null, error, waiting: false }),
      ),
    [forecaster, item],
  );
  useEffect(() => () => newest.stop(), [newest]);
  useEffect(() => {
    if (!known) return;
    setState((before) => ({ ...before, waiting: true }));
    const timer = setTimeout(() => newest.ask(known), rest);
    return () => clearTimeout(timer);
  }, [newest, known]);
  return known ? state : none;
}
