import { join } from 'node:path';
import { loadTensorflow } from '../../shared/train/engines/tensorflow/load.ts';
import { onnxruntimeEngine, tensorflowEngine } from '../../shared/train/index.ts';
import { engineAgreement } from '../train/contract/agreement.ts';
import { engineContract } from '../train/contract/engine.ts';
import { operatorAgreement } from '../train/contract/operator-agreement.ts';
import { tensorflowRefusals } from '../train/contract/refusals.ts';
import { besideTensorflow } from '../train/contract/tensorflow.ts';

const [onnxruntime, tensorflow] = [onnxruntimeEngine(), tensorflowEngine()];

describe('native TensorFlow', () => {
  test('is what computes: backend tensorflow, with the addon of the package that was made', async () => {
    const { tf } = await loadTensorflow();
    expect(tf.getBackend()).toBe('tensorflow');
    expect(tf.backend().constructor.name).toBe('NodeJSKernelBackend');
    const { sharedObjects } = process.report.getReport() as unknown as { readonly sharedObjects: string[] };
    const addon = join(process.env.TIDECAST_TFJS_NODE ?? '', 'lib', 'napi-v8', 'tfjs_binding.node');
    expect(sharedObjects).toContain(addon);
  });

  test('is of the version that tfjs-node asks for', async () => {
    expect(await tensorflow.describe()).toBe('@tensorflow/tfjs-node 4.22.0 (native TensorFlow 2.9.1)');
  });
});

engineContract('tensorflow', tensorflow, /^@tensorflow\/tfjs-node \d+\.\d+\.\d+ \(native TensorFlow /);
engineAgreement(onnxruntime, tensorflow);
operatorAgreement(onnxruntime, tensorflow);
besideTensorflow(tensorflow);
tensorflowRefusals(tensorflow);
