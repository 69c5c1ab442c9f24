import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Configuration, parseConfiguration } from '../../shared/documents/index.ts';
import { ConfigurationError, show } from '../../shared/errors/index.ts';

/** How tables are read, where that is said on the command line. */
export interface ReadingOptions {
  readonly config?: string;
  readonly item?: string;
  readonly time?: string;
  readonly target?: string;
  readonly timezone?: string;
  readonly timestampFormat?: string;
  readonly aggregation?: string;
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
  const { config, item, time, target, timezone, timestampFormat, aggregation } = options;
  const { encoding, delimiter, decimal, thousands } = options;
  const file: { readonly columns?: object } = config === undefined ? {} : readYaml(config);
  const said = Object.entries({ item: oneOrSeveral(item), time, target: oneOrSeveral(target) });
  const named = said.filter(([, value]) => value !== undefined);
  const columns = named.length > 0 ? { ...file.columns, ...Object.fromEntries(named) } : undefined;
  const rows = { timezone, timestampFormat, aggregation };
  const all = { ...flags, columns, encoding, delimiter, decimal, thousands, ...rows };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return parseConfiguration({ ...file, ...given });
}

/** A name, or several with commas between. */
function oneOrSeveral(text: string | undefined): string | readonly string[] | undefined {
  const names = text?.split(',').map((name) => name.trim());
  return names && names.length > 1 ? names : names?.[0];
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
