import { bootstrap, deploy } from './support/cdk.ts';
import { startCloud } from './support/cloud.ts';

test('probe', async () => {
  const cloud = await startCloud();
  try {
    const t = performance.now();
    await bootstrap(cloud.environment);
    const u = performance.now();
    const outputs = await deploy(cloud.environment, {
      stack: 'Proof',
      context: { quietSeconds: '2', sliceSeconds: '2' },
    });
    console.log(u - t, performance.now() - u, outputs);
  } finally {
    console.log(cloud.emulator.log().slice(-3000));
    await cloud.stop();
  }
}, 120_000);
