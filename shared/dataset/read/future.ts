import { printPeriod } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { itemEnd, type Panel } from '../panel/panel.ts';
import { type Ahead, checkPresent, farthest, futureOf, type PlaceOptions, readAhead } from './ahead.ts';
import type { Session } from './session.ts';
import type { Table } from './table.ts';

export interface FutureOptions extends PlaceOptions {
  /** Periods beyond each item's end that are kept at most; all where nothing is said. */
  readonly horizon?: number;
}

/**
 * The panel with the known covariates' values after each item's end. Rows of items that the panel does not have,
 * and rows up to an item's end, are left out.
 *
 * @throws DataError where the file lacks a column, has faults of its own, or does not go beyond the data's end
 */
export async function addFuture(
  session: Session,
  table: Table,
  panel: Panel,
  options: FutureOptions,
): Promise<Panel> {
  const { names } = panel.known;
  for (const name of names) {
    const rule = `the future file must have the known covariate ${name}`;
    checkPresent(table, name, rule, 'add the column, or do not call it known');
  }
  const ahead = await readAhead(session, table, panel, names, options);
  const most = farthest(panel, ahead);
  if (most === 0) refuseOld(table, panel, ahead);
  const horizon = Math.min(most, options.horizon ?? most);
  return { ...panel, known: { ...panel.known, horizon, future: futureOf(panel, ahead, horizon) } };
}

function refuseOld({ sources }: Table, panel: Panel, { panel: ahead, matched }: Ahead): never {
  const file = sources[0]?.name ?? '';
  const { frequency } = panel;
  const [first] = matched;
  throw new DataError(
    {
      rule: 'the future file must have rows after the end of the data',
      received: first
        ? `rows up to ${printPeriod(frequency, itemEnd(ahead, first.theirs) - 1)} for ${panel.items[first.item]}, which ends at ${printPeriod(frequency, itemEnd(panel, first.item) - 1)}, in ${file}`
        : `no item of the data in ${file}`,
      remedy: 'give the covariates of the periods to be forecast',
    },
    { place: { file } },
  );
}
