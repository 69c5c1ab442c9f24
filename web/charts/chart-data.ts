/** A colour of the style sheet: `--chart-NAME`. */
export type Colour = 'observed' | 'forecast' | 'baseline' | 'alert' | 'member1' | 'member2' | 'member3';

/** One value for each place of the axis, null where there is none. */
export type Values = readonly (number | null)[];

export interface Line {
  readonly label: string;
  readonly values: Values;
  readonly colour: Colour;
  readonly style?: 'line' | 'dashed' | 'points' | 'bars';
}

/** What lies between two lines; of several that lie in each other the widest comes first. */
export interface Band {
  readonly label: string;
  readonly low: Values;
  readonly high: Values;
  /** Whose it is: of the forecast where nothing is said. */
  readonly colour?: 'forecast' | 'baseline';
}

type Axis =
  | {
      readonly kind: 'time';
      /** Milliseconds since 1970, rising. */
      readonly values: readonly number[];
      /** The IANA time zone whose clock is shown. */
      readonly zone: string;
      /** Whether days have hours. */
      readonly clock: boolean;
    }
  | { readonly kind: 'number'; readonly values: readonly number[] };

/** What a chart shows, of which its table, its keyboard cursor and its picture all are made. */
export interface ChartData {
  /** What is seen, as a heading would say it. */
  readonly title: string;
  /** What the places of the axis are: "time", "step". */
  readonly axisLabel: string;
  readonly axis: Axis;
  readonly lines: readonly Line[];
  readonly bands?: readonly Band[];
  /** Shown as they are: shares as percentages, else numbers. */
  readonly unit?: 'share' | 'number';
  /** A place from which the future begins: a vertical line. */
  readonly now?: number;
  /** The values that the upright axis must hold in any case. */
  readonly include?: readonly number[];
}
