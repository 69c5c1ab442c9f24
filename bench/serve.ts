/**
 * How fast are forecasts served? In process beside the graph alone.
 *
 * Options: --requests N, --json.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { handlerRows } from './serve/handler.ts';
import { trainOne } from './serve/model.ts';
import { report } from './support/report.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    requests: { type: 'string', default: '1000' },
  },
});

const root = mkdtempSync(join(tmpdir(), 'tidecast-serve-'));
try {
  await trainOne(root);
  report('serve', await handlerRows(root, Number(options.requests)), options.json);
} finally {
  rmSync(root, { recursive: true, force: true });
}
