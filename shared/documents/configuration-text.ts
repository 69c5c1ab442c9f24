import { parse, stringify } from 'yaml';
import { ConfigurationError } from '../errors/index.ts';
import type { ConfigurationInput } from './configuration.ts';

/**
 * What a text of `tidecast.yaml` says, unchecked; an empty text says nothing.
 *
 * @param name what the text is called in the error
 * @throws ConfigurationError where it is no YAML
 */
export function readConfigurationText(name: string, bytes: Uint8Array): unknown {
  try {
    return parse(Buffer.from(bytes).toString()) ?? {};
  } catch (error) {
    throw new ConfigurationError(
      {
        rule: `${name} must be YAML`,
        // Below its first line the parser draws where it is.
        received: String(error instanceof Error ? error.message : error).split(/:?\n/, 1)[0] ?? '',
        remedy: 'mend its text and upload it again',
      },
      { cause: error },
    );
  }
}

/** The text that says so. */
export const writeConfigurationText = (configuration: ConfigurationInput): Uint8Array =>
  Buffer.from(stringify(configuration));
