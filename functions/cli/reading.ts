import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Configuration, parseConfiguration } from '../../shared/documents/index.ts';
import { ConfigurationError, show } from '../../shared/errors/index.ts';

/** How tables are read, where that is said on the command line. */
export interface ReadingOptions {
  readonly config?: string;
  readonly item?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimal?: string;
  readonly thousands?: string;
}

/**
 * The configuration of a file, and over it what the command line says.
 *
 * @param flags fields of the configuration, undefined where nothing is said
 */
export function configurationOf(options: ReadingOptions, flags: object = {}): Configuration {
  const { config, item, encoding, delimiter, decimal, thousands } = options;
  const file: { readonly columns?: object } = config === undefined ? {} : readYaml(config);
  const names = item?.split(',').map((name) => name.trim());
  const columns = names && { ...file.columns, item: names.length > 1 ? names : names[0] };
  const all = { ...flags, columns, encoding, delimiter, decimal, thousands };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return parseConfiguration({ ...file, ...given });
}

function readYaml(file: string): object {
  const refuse = (received: string, cause?: unknown) =>
    new ConfigurationError(
      {
        rule: '--config must be a YAML file of names and values',
        received: `${file}: ${received}`,
        remedy: 'mend its path or its text; docs/tidecast.schema.json lists all fields',
      },
      { cause },
    );
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof Error ? (error.message.split('\n')[0] ?? '') : show(error), error);
  }
  // An empty file says nothing, and that is allowed.
  if (content === null || content === undefined) return {};
  if (typeof content === 'object' && !Array.isArray(content)) return content;
  throw refuse(show(content));
}
