/** A figure with where it is from. */
export interface Figure {
  readonly value: number;
  /** The command, the date, and what else there is to say of it. */
  readonly from: string;
}

/** What a price follows from. */
export interface Measured {
  /** Seconds of a whole training run on two cores: M4 hourly, default configuration. */
  readonly training: Figure;
  /** Its Lambda requests and state transitions. */
  readonly trainingRequests: Figure;
  readonly trainingTransitions: Figure;
  /** Milliseconds of the forecast function for one item, warm. */
  readonly forecast: Figure;
  /** Processor seconds of an export for each million items. */
  readonly exported: Figure;
  /** MiB that the functions train, forecast and export are given. */
  readonly memory: Figure;
  /** Gigabytes that lie in the bucket when nothing happens: data, models, series. */
  readonly stored: Figure;
  readonly alarms: Figure;
}

export const measured: Measured = {
  training: {
    value: 148,
    from: '`npm run -s bench -- accuracy m4-hourly`, 2026-11-27, docs/accuracy.md: 148 s on two cores',
  },
  trainingRequests: {
    value: 12,
    from: 'counted in infra/flow/training.ts: start, plan, four members fitted and refitted, assemble, settle',
  },
  trainingTransitions: { value: 40, from: 'counted there, rounded up' },
  forecast: {
    value: 11,
    from: '`npm run -s bench -- serve handler --requests 300 --turns 3`, 2026-12-01: p50 10.9 ms, provisional: measured while other work kept the machine busy',
  },
  exported: {
    value: 223,
    from: '`npm run -s bench -- scale`, 2026-12-01: 222.6 s of processors for a million items; provisional, other work ran',
  },
  memory: { value: 1769, from: 'infra/function.ts: one whole processor' },
  stored: { value: 1, from: 'assumed' },
  alarms: { value: 6, from: 'infra/alarms.ts' },
};
