import table from '../../../examples/electricity/electricity.csv?url';
import future from '../../../examples/electricity/electricity-future.csv?url';
import type { Configuration } from '../../api/index.ts';

/** Prices of four electricity markets with loads that are known a day ahead, trained for two minutes. */
export const exampleConfiguration: Configuration = {
  horizon: 24,
  columns: { known: ['Exogenous1', 'Exogenous2'] },
  budget: '2m',
};

export const exampleName = 'electricity';

/** The example's table, and the loads of the day after its end. */
export async function exampleFiles(): Promise<readonly File[]> {
  const fileOf = async (url: string, name: string) =>
    new File([await (await fetch(url)).blob()], name, { type: 'text/csv' });
  return Promise.all([fileOf(table, 'electricity.csv'), fileOf(future, 'related.csv')]);
}
