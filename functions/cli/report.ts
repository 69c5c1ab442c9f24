import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError, show } from '../../shared/errors/index.ts';
import { championOf, checkBundle } from './bundle.ts';
import { say } from './output.ts';
import { pageFolder } from './page.ts';
import { collectReport } from './report-data.ts';
import { type PageParts, reportPage } from './report-page.ts';

interface ReportOptions {
  readonly out: string;
  readonly items?: string[];
}

/** `tidecast report`: what is known of a bundle, as one page that needs nothing but itself. */
export async function report(path: string, { out, items }: ReportOptions): Promise<void> {
  checkOut(out);
  checkBundle(path);
  const parts = pageParts();
  const found = await collectReport(await championOf(path), items);
  const text = reportPage(found, parts);
  writeFileSync(out, text);
  say(`wrote ${out}: ${Math.ceil(text.length / 1000)} kB, ${found.series.length} series`);
}

function checkOut(out: string): void {
  if (!out.endsWith('.html')) {
    throw new ConfigurationError({
      rule: '--out must end in .html',
      received: show(out),
      remedy: 'rename it',
    });
  }
  if (!statSync(dirname(out), { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigurationError({
      rule: '--out must be in a folder that exists',
      received: show(out),
      remedy: `make the folder ${dirname(out)}`,
    });
  }
}

function pageParts(): PageParts {
  const folder = join(pageFolder() ?? '', 'report');
  if (!existsSync(join(folder, 'report.js'))) {
    throw new ConfigurationError({
      rule: 'the report’s page must be built',
      received: 'none',
      remedy: 'npm run -s build:web, then ask again',
    });
  }
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return { script: read('report.js'), style: read('report.css') };
}
