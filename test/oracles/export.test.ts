import { readFileSync } from 'node:fs';
import type { Tensor } from '../../shared/graph/index.ts';
import { largestDifference } from '../support/compare.ts';
import { type Entry, type ExportedNetwork, exportedNetworks, kinds } from './networks.ts';
import { type Answer, type Attempt, askPython, type Tensors } from './python.ts';

const tolerance = 1e-5;

/**
 * What the reference evaluator of onnx 1.23.2 does not implement, with its words. Its RNN knows the activations
 * Tanh and Affine only (onnx/reference/ops/op_rnn.py); these models are held to ONNX Runtime alone. Should a
 * newer onnx know more, the test of this list fails: shorten it.
 */
const beyondReference: Readonly<Record<string, string>> = {
  'elman (sigmoid)': "RuntimeError: Unknown activation function 'Sigmoid'.",
  'elman (relu)': "RuntimeError: Unknown activation function 'Relu'.",
};

type Examined = ExportedNetwork & { readonly answer: Answer; readonly answerToFeed: Answer };
let examined: readonly Examined[] = [];

beforeAll(async () => {
  const networks = await exportedNetworks();
  const answers = askPython([
    ...networks,
    ...networks.map(({ onnxToFeed }) => ({ onnx: onnxToFeed, runs: [] })),
  ]);
  examined = networks.flatMap((network, i) => {
    const [answer, answerToFeed] = [answers[i], answers[networks.length + i]];
    return answer && answerToFeed ? [{ ...network, answer, answerToFeed }] : [];
  });
  expect(examined).toHaveLength(networks.length);
}, 120_000);

const ofKind = (kind: string) => examined.filter((network) => network.kind === kind);

const tools = {
  'ONNX Runtime for Node': ({ node }: Examined): Attempt => ({ runs: node }),
  'ONNX Runtime for Python': ({ answer }: Examined): Attempt => answer.runtime,
  "onnx's reference evaluator": ({ answer }: Examined): Attempt => answer.reference,
};
type ToolName = keyof typeof tools;

const entryTitles: readonly (readonly [string, Entry])[] = [
  ["from the network's own states", 'own'],
  ['from a state fed for each series', 'each'],
  ['from one state fed for the whole batch', 'one'],
];

function difference(found: Tensor | undefined, expected: Tensor): number {
  return found && `${found.shape}` === `${expected.shape}`
    ? largestDifference(found.data as Float32Array, expected.data as Float32Array)
    : Number.POSITIVE_INFINITY;
}

const furthest = (found: Tensors | undefined, expected: Tensors): number =>
  Math.max(...Object.entries(expected).map(([name, tensor]) => difference(found?.[name], tensor)));

/** The runs of a network in which a tool is further than the tolerance from the step form, or from Node. */
function deviations(network: Examined, tool: ToolName, entry: Entry): readonly string[] {
  const attempt = tools[tool](network);
  if ('error' in attempt) return [`${network.title}: ${attempt.error}`];
  return network.cases.flatMap((run, i) => {
    if (run.entry !== entry) return [];
    const peers = { step: network.step[i], node: network.node[i] };
    return Object.entries(peers).flatMap(([peer, expected]) => {
      const distance = expected ? furthest(attempt.runs[i], expected) : Number.POSITIVE_INFINITY;
      const where = `${network.title}, batch ${run.batch}, ${run.time} steps: ${distance} from ${peer}`;
      return distance <= tolerance ? [] : [where];
    });
  });
}

describe.each(Object.keys(kinds))('exported networks of %s cells', (kind) => {
  test("pass onnx's checker with full shape inference", () => {
    const complaints = ofKind(kind).flatMap(({ title, answer, answerToFeed }) => [
      [title, answer.complaint],
      [`${title}, to be fed`, answerToFeed.complaint],
    ]);
    expect(complaints).toHaveLength(32);
    expect(complaints.filter(([, complaint]) => complaint !== null)).toEqual([]);
  });

  const able = (Object.keys(tools) as ToolName[]).filter(
    (tool) => tool !== "onnx's reference evaluator" || !(kind in beyondReference),
  );
  describe.each(able)('%s', (tool) => {
    test.each(entryTitles)(
      `gives outputs and last states of the step form %s, within ${tolerance}`,
      (_, entry) => {
        expect(ofKind(kind).flatMap((network) => deviations(network, tool, entry))).toEqual([]);
      },
    );
  });
});

test("onnx's reference evaluator runs all exported networks but those on the list", () => {
  const outcomes = Object.keys(kinds).map((kind) => {
    const said = ofKind(kind).map(({ answer }) =>
      'error' in answer.reference ? answer.reference.error : 'runs',
    );
    return [kind, [...new Set(said)]];
  });
  const expected = Object.keys(kinds).map((kind) => [kind, [beyondReference[kind] ?? 'runs']]);
  expect(outcomes).toEqual(expected);
});

test('the metadata of an exported network hold the version, the settings and the shapes', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  for (const { settings, answer } of examined) {
    expect({ ...answer.metadata, 'tidecast.network': null }).toEqual({
      'tidecast.version': version,
      'tidecast.network': null,
      'tidecast.input': '[batch, time, 3]',
      'tidecast.output': settings.readout === 'every' ? '[batch, time, 2]' : '[batch, 2]',
    });
    expect(JSON.parse(answer.metadata['tidecast.network'] ?? '')).toEqual(settings);
  }
});
