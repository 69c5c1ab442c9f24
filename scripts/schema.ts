/** Writes docs/tidecast.schema.json from the one definition of the configuration. A test tells when it is stale. */
import { writeFileSync } from 'node:fs';
import { configurationJsonSchema } from '../shared/documents/index.ts';

writeFileSync('docs/tidecast.schema.json', `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
