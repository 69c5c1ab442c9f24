import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, region } from './emulator.ts';
import { run } from './local.ts';

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The template of the stack as cdk.json describes it: what `npm run deploy` deploys. */
export async function productionTemplate(): Promise<Template> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'tidecast-template-'));
  try {
    await run('infra/app.ts', [], {
      CDK_OUTDIR: folder,
      // Functions need not be bundled to read what they may do.
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] }),
      CDK_DEFAULT_ACCOUNT: account,
      CDK_DEFAULT_REGION: region,
    });
    return JSON.parse(readFileSync(join(folder, `${context.name}.template.json`), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
