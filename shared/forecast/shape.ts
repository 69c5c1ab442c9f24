import type { CalendarFeature } from '../calendar/index.ts';
import type { Frequency } from '../frequency/index.ts';
import type { Calendar } from './calendar.ts';
import type { StaticColumn } from './statics.ts';

/** What must be known of a model to feed it and to read what it says. */
export interface ModelShape {
  readonly horizon: number;
  /** The longest history that is read; more is ignored. */
  readonly context: number;
  readonly channels: number;
  /** Known covariates that callers give. */
  readonly known: number;
  /** What makes more of them, which stand behind those; none where left out. */
  readonly calendar?: Calendar;
  /** Past covariates. */
  readonly past: number;
  /** Static covariates. */
  readonly statics: readonly StaticColumn[];
  /** Trained quantile levels. */
  readonly levels: readonly number[];
}

/** What `bundle.json` says of a graph, as far as it must be known to feed it. */
export interface ForecasterDescription {
  readonly horizon: number;
  readonly context: number;
  readonly channels: readonly string[];
  readonly covariates: {
    readonly known: readonly string[];
    readonly past: readonly string[];
    readonly static: readonly StaticColumn[];
  };
  readonly features: readonly CalendarFeature[];
  readonly frequency: Frequency;
  readonly levels: readonly number[];
}

/** The shape of the model in a bundle. */
export const shapeOf = ({
  horizon,
  context,
  channels,
  covariates,
  features,
  frequency,
  levels,
}: ForecasterDescription): ModelShape => ({
  horizon,
  context,
  channels: channels.length,
  known: covariates.known.length,
  ...(features.length > 0 && { calendar: { features, frequency } }),
  past: covariates.past.length,
  statics: covariates.static,
  levels,
});
