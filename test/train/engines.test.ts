import { onnxruntimeEngine, tensorflowEngine } from '../../shared/train/index.ts';
import { engineAgreement } from './contract/agreement.ts';
import { engineContract } from './contract/engine.ts';
import { besideTensorflow } from './contract/tensorflow.ts';

const [onnxruntime, tensorflow] = [onnxruntimeEngine(), tensorflowEngine()];

engineContract('onnxruntime', onnxruntime, /^onnxruntime-node \d+\.\d+\.\d+/);
engineContract('tensorflow', tensorflow, /^@tensorflow\/tfjs(-node)? \d+\.\d+\.\d+/);
engineAgreement(onnxruntime, tensorflow);
besideTensorflow(tensorflow);
