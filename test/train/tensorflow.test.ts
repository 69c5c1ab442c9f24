import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTensorflow } from '../../shared/train/engines/tensorflow/load.ts';
import { EngineUnavailableError, onnxruntimeEngine, tensorflowEngine } from '../../shared/train/index.ts';
import { operatorAgreement } from './contract/operator-agreement.ts';
import { tensorflowRefusals } from './contract/refusals.ts';

operatorAgreement(onnxruntimeEngine(), tensorflowEngine());
tensorflowRefusals(tensorflowEngine());

describe('loading TensorFlow.js', () => {
  const absent = (name: string) => Promise.reject(new Error(`Cannot find package '${name}'`));

  test('where neither package loads, the error says so and names both', async () => {
    const attempt = loadTensorflow(absent);
    await expect(attempt).rejects.toThrow(EngineUnavailableError);
    await expect(attempt).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await expect(attempt).rejects.toThrow(/@tensorflow\/tfjs-node: Cannot.*@tensorflow\/tfjs: Cannot/);
  });

  test('tfjs-node without its native addon counts as absent', async () => {
    const load = (name: string) => (name.endsWith('-node') ? absent(name) : import(name));
    expect((await loadTensorflow(load)).description).toMatch(/^@tensorflow\/tfjs \d.*\(plain JavaScript\)$/);
  });

  test('tfjs-node that loads and then fails at its first operator counts as absent', async () => {
    const { tf } = await loadTensorflow();
    const fail = () => {
      throw new TypeError('isNullOrUndefined is not a function');
    };
    const broken = { ...tf, setBackend: async () => true, grad: fail };
    const load = (name: string) => (name.endsWith('-node') ? Promise.resolve(broken) : import(name));
    expect((await loadTensorflow(load)).description).toMatch(/plain JavaScript/);
  });

  test('tfjs-node is taken from the folder that TIDECAST_TFJS_NODE names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidecast-tfjs-'));
    const plain = JSON.stringify(createRequire(import.meta.url).resolve('@tensorflow/tfjs'));
    const elsewhere = `{ ...require(${plain}), setBackend: async () => true, version: { 'tfjs-node': '9.8.7' } }`;
    writeFileSync(join(folder, 'index.js'), `module.exports = ${elsewhere};`);
    const before = process.env.TIDECAST_TFJS_NODE;
    process.env.TIDECAST_TFJS_NODE = folder;
    try {
      expect((await loadTensorflow()).description).toBe('@tensorflow/tfjs-node 9.8.7 (native TensorFlow)');
    } finally {
      if (before === undefined) delete process.env.TIDECAST_TFJS_NODE;
      else process.env.TIDECAST_TFJS_NODE = before;
      rmSync(folder, { recursive: true });
    }
  });

  test('happens when the engine is used, not when it is imported, and writes nothing to the console', () => {
    const script = `
      const { tensorflowEngine } = await import('./shared/train/index.ts');
      const loaded = () => '_tfengine' in globalThis;
      const before = loaded();
      await tensorflowEngine().describe();
      process.stdout.write(JSON.stringify([before, loaded()]));`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '[false,true]', stderr: '' });
  });

  test('leaves the choice of production mode as it was', async () => {
    const { tf } = await loadTensorflow();
    expect(tf.env().getBool('PROD')).toBe(false);
  });
});
