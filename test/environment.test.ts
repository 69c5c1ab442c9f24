import ort from 'onnxruntime-node';

// One node, y = Add(x, x), written by hand: field numbers and lengths of onnx.proto.
const input = [10, 1, 120, 18, 10, 10, 8, 8, 1, 18, 4, 10, 2, 8, 2];
const output = [10, 1, 121, ...input.slice(3)];
const node = [10, 1, 120, 10, 1, 120, 18, 1, 121, 34, 3, 65, 100, 100];
const graph = [
  10,
  node.length,
  ...node,
  18,
  1,
  103,
  90,
  input.length,
  ...input,
  98,
  output.length,
  ...output,
];
const model = Uint8Array.from([8, 8, 58, graph.length, ...graph, 66, 4, 10, 0, 16, 17]);

test('ONNX Runtime takes and returns the typed arrays of a test', async () => {
  const session = await ort.InferenceSession.create(model);
  const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2), [2]) });
  expect(y?.data).toBeInstanceOf(Float32Array);
  expect(y?.data).toEqual(Float32Array.of(2, 4));
});
