import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hourlyTable } from '../support/job.ts';
import { describeExports } from './pipeline/exports.ts';
import { describeManage } from './pipeline/manage.ts';
import { describeObservations } from './pipeline/observations.ts';
import { describeOperations } from './pipeline/operations.ts';
import { describeParts } from './pipeline/parts.ts';
import { describePermissions } from './pipeline/permissions.ts';
import { describeServing } from './pipeline/serving.ts';
import { describeKill } from './pipeline/slices.ts';
import { configurations, type Stage, settings, timed } from './pipeline/stage.ts';
import { describeTraces } from './pipeline/traces.ts';
import { describeUploads } from './pipeline/uploads.ts';
import { bootstrap, deploy } from './support/cdk.ts';
import { type Cloud, startCloud } from './support/cloud.ts';
import { lookAt } from './support/deployment.ts';
import { trainHere } from './support/local.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-pipeline-'));
const times: string[] = [];
let cloud: Cloud;
let prepared: Stage;
const stage = () => prepared;

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** The models that this machine makes, to compare with. */
async function trainAllHere(): Promise<Stage['here']> {
  const train = (dataset: 'electricity' | 'killed', table: string) =>
    timed({ times }, `training ${dataset} here`, () => {
      const config = written(`${dataset}.yaml`, configurations[dataset]);
      return trainHere(join(folder, dataset), dataset, config, table);
    });
  return {
    electricity: await train('electricity', 'examples/electricity/electricity.csv'),
    killed: await train('killed', written('table.csv', hourlyTable())),
  };
}

beforeAll(async () => {
  cloud = await startCloud();
  const deployed = async () => {
    await timed({ times }, 'cdk bootstrap', () => bootstrap(cloud.environment));
    const outputs = await timed({ times }, 'deploy', () => deploy(cloud.environment, settings));
    return lookAt(cloud, outputs);
  };
  const [deployment, here] = await Promise.all([deployed(), trainAllHere()]);
  prepared = { cloud, deployment, here, times };
}, 600_000);

afterAll(async () => {
  console.log(times.join('\n'));
  rmSync(folder, { recursive: true, force: true });
  await cloud?.stop();
});

describe('the deployed pipeline', () => {
  describeUploads(stage);
  describeParts(stage);
  describeKill(stage);
  describeServing(stage);
  describeObservations(stage);
  describeExports(stage);
  describeManage(stage);
  describeTraces(stage);
  describePermissions(stage);
  describeOperations(stage);
});
