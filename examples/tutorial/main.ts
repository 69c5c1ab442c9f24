/**
 * The tutorial: each of the four recurrent cells, with 100 units, learns to tell ten channels of electricity
 * markets one hour ahead. It is trained, exported as an ONNX file, and predicts from that file.
 */
import { type CellName, cells, networkSettings } from '../../shared/model/index.ts';
import { onnxruntimeEngine } from '../../shared/train/index.ts';
import { readChannels } from './channels.ts';
import { exported, showPredictions } from './predict.ts';
import { train } from './train.ts';
import { allWindows, meanSquaredError, windowsAt } from './windows.ts';

// The first 80 % of the hours are for training; the rest is held out.
const channels = readChannels(0.8);
const heldOut = windowsAt(channels, allWindows(channels.trainingSteps, channels.steps));
const engine = onnxruntimeEngine();
const began = performance.now();
const table = [['repeat the last value', meanSquaredError(heldOut.x, heldOut.y).toFixed(4), '', '']];

console.log(`Training on ${await engine.describe()}: 1,000 epochs of one batch of 32 windows of 10 hours.`);
for (const cell of Object.keys(cells) as CellName[]) {
  const start = performance.now();
  const settings = networkSettings({
    cell,
    inputs: channels.names.length,
    units: 100,
    outputs: channels.names.length,
    initialState: 'given', // h0 and c0 come with every batch: small random numbers
    seed: 1,
  });

  console.log(`\n${cell}`);
  const { best } = await train(engine, settings, channels, ({ step, loss }) => {
    if (step % 100 === 0) console.log(`Epoch: ${step}, Loss: ${loss.toFixed(4)}`);
  });

  const network = await exported(settings, best.parameters);
  const predicted = await network.predict(heldOut.x);
  console.log(`Weights of epoch ${best.step}, exported: ${Math.round(network.bytes / 1024)} KiB of ONNX.`);
  console.log('Predictions from given h0 and c0 for four held-out hours (euros per MWh; MW):');
  showPredictions(channels, predicted, heldOut.y);
  await network.release();

  const seconds = (performance.now() - start) / 1000;
  const loss = meanSquaredError(predicted, heldOut.y);
  table.push([cell, loss.toFixed(4), String(best.step), seconds.toFixed(1)]);
}

console.log('\nMean squared error on the held-out windows, all ten steps, scaled channels:');
for (const [name = '', loss = '', epoch = '', seconds = ''] of [['', 'loss', 'epoch', 'seconds'], ...table]) {
  console.log(`${name.padEnd(22)}${loss.padStart(8)}${epoch.padStart(8)}${seconds.padStart(9)}`);
}
console.log(`\n${((performance.now() - began) / 1000).toFixed(1)} s in all.`);
