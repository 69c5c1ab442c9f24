import { canonicalJson, checkKey, datasetOf, keys } from '../../shared/store/index.ts';

describe('keys', () => {
  test('lay out the store as its documentation says', () => {
    expect([
      keys.upload('power', 'parts/1.csv'),
      keys.configuration('power'),
      keys.job('power', 'j1'),
      keys.panel('power', 'j1'),
      keys.memberFile('power', 'j1', 2, 'checkpoint'),
      keys.modelFile('power', 'abc', 'forecaster.onnx'),
      keys.current('power'),
      keys.shard('power', 'root'),
      keys.seriesIndexPage('power', '1f'),
    ]).toEqual([
      'datasets/power/parts/1.csv',
      'datasets/power/tidecast.yaml',
      'jobs/power/j1.json',
      'runs/power/j1/panel.bin',
      'runs/power/j1/members/2/checkpoint',
      'models/power/abc/forecaster.onnx',
      'models/power/current.json',
      'series/power/root',
      'series/power/index/1f.json',
    ]);
    expect(() => checkKey(keys.plan('power', 'j1'))).not.toThrow();
  });

  test.each(['', '..', 'a/b', '-a', 'a b', 'ä', 'x'.repeat(65)])('refuse the dataset name %j', (name) => {
    expect(() => keys.current(name)).toThrow('the name of a dataset must have');
  });

  test('tell the dataset of an upload, and of nothing else', () => {
    expect(datasetOf('datasets/power/2024/a.csv')).toBe('power');
    for (const key of ['datasets/power', 'datasets/power/', 'datasets//a.csv', 'models/power/a', 'a']) {
      expect(datasetOf(key)).toBeNull();
    }
  });
});

describe('canonicalJson', () => {
  test('gives one text for a value, however it was made', () => {
    expect(canonicalJson({ b: [1e21, -0, 0.1], a: { d: null, c: undefined } })).toBe(
      '{\n  "a": {\n    "d": null\n  },\n  "b": [\n    1e+21,\n    0,\n    0.1\n  ]\n}\n',
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, new Date(0), new Float64Array(1), () => 1])(
    'refuses what JSON would change: %p',
    (value) => {
      expect(() => canonicalJson({ a: [value as never] })).toThrow(/^\.a\[0\] must be/);
    },
  );
});
