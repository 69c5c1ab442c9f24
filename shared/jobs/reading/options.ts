import type { ReadOptions } from '../../dataset/index.ts';
import type { Configuration } from '../../documents/index.ts';
import { ConfigurationError } from '../../errors/index.ts';

/** What the configuration says about reading the table. */
export function readOptions(configuration: Configuration): ReadOptions {
  const { columns = {}, frequency, encoding, delimiter, decimal, thousands, limits = {} } = configuration;
  const { timezone, timestampFormat, aggregation, fills } = configuration;
  const text = { encoding, delimiter, decimal, thousands };
  const rows = { timezone, timestampFormat, aggregation, fills };
  const { memory, ...others } = limits;
  const most = { ...others, memory: memory === undefined ? undefined : bytesOf(memory) };
  const said = Object.entries({ ...columns, ...text, ...rows, ...most, frequency }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(said);
}

/** `512MB` or `4GB`, as the schema has it. */
const bytesOf = (memory: string): number =>
  Number.parseInt(memory, 10) * 2 ** (memory.endsWith('GB') ? 30 : 20);

/** @throws ConfigurationError where no item is long enough to be trained on */
export function checkLength(longest: number, horizon: number): void {
  if (longest >= horizon + 3) return;
  throw new ConfigurationError({
    rule: `the longest item must have at least ${horizon + 3} periods for a horizon of ${horizon}`,
    received: String(longest),
    remedy: 'give a longer history or a shorter horizon',
  });
}
