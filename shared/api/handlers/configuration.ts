import {
  type ConfigurationInput,
  parseConfiguration,
  readConfigurationText,
  writeConfigurationText,
} from '../../documents/index.ts';
import { parseFrequency } from '../../frequency/index.ts';
import { ConflictError, keys, type ObjectStore, type PutCondition } from '../../store/index.ts';
import { at, Refusal } from '../problem.ts';

export interface ReadConfiguration {
  /** As it is written, without defaults. */
  readonly configuration: Record<string, unknown>;
  /** null where there is no file, which says nothing. */
  readonly etag: string | null;
}

/** @throws ConfigurationError where the file cannot be understood */
export async function readConfiguration(store: ObjectStore, dataset: string): Promise<ReadConfiguration> {
  const key = keys.configuration(dataset);
  const found = await store.get(key);
  if (!found) return { configuration: {}, etag: null };
  const configuration = readConfigurationText('tidecast.yaml', found.bytes);
  checkConfiguration(configuration);
  return { configuration, etag: found.etag };
}

/** What must be so for the change to be made, as the headers say it. */
export interface Expected {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/**
 * Replaces the configuration. Returns the new etag.
 *
 * @throws ConfigurationError, Refusal naming the first field that is wrong, or where it is not what was expected
 */
export async function writeConfiguration(
  store: ObjectStore,
  dataset: string,
  configuration: Record<string, unknown>,
  expected: Expected,
): Promise<string> {
  checkConfiguration(configuration);
  const key = keys.configuration(dataset);
  const condition = await conditionOf(store, key, expected);
  try {
    return await store.put(key, writeConfigurationText(configuration), condition);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw moved(
      condition.ifNoneMatch ? 'one where there must be none' : 'another one, by a request at the same time',
    );
  }
}

function checkConfiguration(
  configuration: unknown,
): asserts configuration is ConfigurationInput & Record<string, unknown> {
  const { frequency } = parseConfiguration(configuration);
  if (frequency !== undefined) at('frequency', () => parseFrequency(frequency));
}

async function conditionOf(
  store: ObjectStore,
  key: string,
  { ifMatch, ifNoneMatch }: Expected,
): Promise<PutCondition> {
  if (ifMatch !== undefined) {
    const found = await store.head(key);
    const wanted = etagsIn(ifMatch);
    if (found && (wanted === '*' || wanted.includes(found.etag))) return { ifMatch: found.etag };
    throw moved(found ? 'another one' : 'none');
  }
  if (ifNoneMatch?.trim() === '*') return { ifNoneMatch: '*' };
  return {};
}

function etagsIn(header: string): '*' | readonly string[] {
  if (header.trim() === '*') return '*';
  const etags = [...header.matchAll(/"([^"]*)"/g)].map(([, etag = '']) => etag);
  if (etags.length > 0) return etags;
  throw new Refusal(
    'REQUEST',
    {
      rule: 'If-Match must be an ETag in quotes, or *',
      received: header.slice(0, 80),
      remedy: 'send what the ETag header of the answer was',
    },
    { path: 'If-Match' },
  );
}

const moved = (received: string) =>
  new Refusal('PRECONDITION', {
    rule: 'the configuration must be the one that the request expects',
    received,
    remedy: 'read it again and decide anew',
  });
