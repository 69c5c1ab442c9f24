import fc from 'fast-check';
import {
  append,
  cutLast,
  decodePanel,
  emptyPanel,
  encodePanel,
  findItem,
  itemEnd,
  itemFuture,
  itemKnown,
  itemLength,
  itemTarget,
  type Panel,
  PanelError,
  panelFingerprint,
} from '../../shared/dataset/index.ts';
import { copyTarget } from '../../shared/dataset/panel/gather.ts';
import { parseFrequency } from '../../shared/frequency/index.ts';
import { dailyPanel } from './files.ts';

const missing = Number.NaN;

/** Panels of every shape, with missing values. */
const panels = fc
  .record({
    items: fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 5 }),
    channels: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
    frequency: fc.constantFrom('15min', '1h', '1d', '1w', '1mo').map(parseFrequency),
    starts: fc.array(fc.integer(), { minLength: 5, maxLength: 5 }),
    lengths: fc.array(fc.nat(6), { minLength: 5, maxLength: 5 }),
    known: fc.array(fc.string(), { maxLength: 2 }),
    horizon: fc.nat(3),
    past: fc.array(fc.string(), { maxLength: 2 }),
    numbers: fc.array(fc.double(), { minLength: 20, maxLength: 20 }),
  })
  .map(({ items, starts, numbers, ...rest }): Panel => {
    const start = Float64Array.from(starts.slice(0, items.length));
    const panel = emptyPanel({ ...rest, items: items.sort(), start });
    for (const values of [panel.target, panel.known.values, panel.known.future, panel.past.values]) {
      values.set(values.map((_, i) => numbers[i % numbers.length] ?? missing));
    }
    return panel;
  });

describe('the binary form', () => {
  test('gives back every panel', () => {
    fc.assert(
      fc.property(panels, (panel) => {
        expect(decodePanel(encodePanel(panel))).toEqual(panel);
      }),
    );
  });

  test('can be read from any position in a buffer', () => {
    const bytes = encodePanel(dailyPanel({ a: [3, [1, 2]] }));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodePanel(shifted.subarray(3))).toEqual(decodePanel(bytes));
  });

  test('is refused where a byte is changed or cut off', () => {
    const bytes = encodePanel(dailyPanel({ a: [0, [1, 2]] }));
    const changed = bytes.slice();
    changed[bytes.length - 1] = 7;
    for (const broken of [changed, bytes.slice(0, -1), new Uint8Array(0), Buffer.from('panel')]) {
      expect(() => decodePanel(broken)).toThrow(PanelError);
    }
    expect(() => decodePanel(changed)).toThrow(
      /^a panel must be whole and unchanged, got \d+ bytes that do not match their checksum: read the data again$/,
    );
  });

  test('gives the fingerprint, which every name and number changes', () => {
    const panel = dailyPanel({ a: [0, [1, 2]], b: [1, [3]] });
    const others = [
      dailyPanel({ a: [0, [1, 2]], b: [1, [4]] }),
      dailyPanel({ a: [0, [1, 2]], b: [2, [3]] }),
      dailyPanel({ a: [0, [1, 2]], c: [1, [3]] }),
      dailyPanel({ a: [0, [1]], b: [1, [2, 3]] }),
      { ...panel, channels: ['x'] },
      { ...panel, frequency: parseFrequency('1h') },
    ];
    expect(new Set([panel, ...others].map(panelFingerprint)).size).toBe(1 + others.length);
    expect(panelFingerprint(panel)).toBe(panelFingerprint(decodePanel(encodePanel(panel))));
    expect(panelFingerprint(panel)).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('items are found by name', () => {
  const panel = dailyPanel({ b: [0, [1]], a: [0, [1]], d: [0, [1]] });
  expect(['a', 'b', 'c', 'd', ''].map((name) => findItem(panel, name))).toEqual([0, 1, -1, 2, -1]);
});

/** Two items with a known covariate (10·target) and its future, and a past one (−target). */
function covered(): Panel {
  const panel = dailyPanel({ a: [100, [1, 2, 3, 4]], b: [102, [5]] });
  return {
    ...panel,
    known: {
      names: ['k'],
      values: panel.target.map((y) => 10 * y),
      horizon: 1,
      future: Float64Array.of(50, 60),
    },
    past: { names: ['p'], values: panel.target.map((y) => -y) },
  };
}

describe('cutLast', () => {
  test('gives the panel as it was earlier, with known covariates for what is cut off', () => {
    const cut = cutLast(covered(), 2);
    expect([[...itemTarget(cut, 0)], [...itemTarget(cut, 1)]]).toEqual([[1, 2], []]);
    expect([...cut.known.values]).toEqual([10, 20]);
    expect(cut.known.horizon).toBe(3);
    expect([...itemFuture(cut, 0)]).toEqual([30, 40, 50]);
    expect([...itemFuture(cut, 1)]).toEqual([50, 60, missing]);
    expect([...cut.past.values]).toEqual([-1, -2]);
    expect([...cut.start]).toEqual([100, 102]);
    expect([itemEnd(cut, 0), itemEnd(cut, 1)]).toEqual([102, 102]);
  });

  test('of nothing changes nothing', () => {
    expect(cutLast(covered(), 0)).toEqual(covered());
  });

  test('refuses other numbers than whole ones', () => {
    expect(() => cutLast(covered(), 1.5)).toThrow(
      'the number of periods to cut must be a whole number of at least 0, got 1.5: give the horizon',
    );
  });
});

describe('append', () => {
  test('puts newer rows behind the older ones, with missing rows between; new items join', () => {
    const older = dailyPanel({ a: [0, [1, 2]], b: [5, [7]] });
    const newer = dailyPanel({ a: [4, [5, 6]], c: [9, [8]] });
    expect(append(older, newer)).toEqual(
      dailyPanel({ a: [0, [1, 2, missing, missing, 5, 6]], b: [5, [7]], c: [9, [8]] }),
    );
  });

  test('takes the newer value of both, the older where the newer is missing', () => {
    const older = dailyPanel({ a: [0, [1, 2, 3]] });
    const newer = dailyPanel({ a: [1, [9, missing, 4]] });
    expect(append(older, newer)).toEqual(dailyPanel({ a: [0, [1, 9, 3, 4]] }));
  });

  test('of what was cut off gives the panel back', () => {
    const whole = covered();
    expect(append(cutLast(whole, 2), whole)).toEqual({
      ...whole,
      known: {
        ...whole.known,
        horizon: 3,
        future: Float64Array.of(50, missing, missing, 60, missing, missing),
      },
    });
  });

  test('lets the known future become the past', () => {
    const newer = { ...covered(), ...dailyPanel({ a: [106, [7]] }) };
    const both = append(covered(), {
      ...newer,
      known: { names: ['k'], values: Float64Array.of(70), horizon: 1, future: Float64Array.of(80) },
      past: { names: ['p'], values: Float64Array.of(-7) },
    });
    expect([...itemKnown(both, 0)]).toEqual([10, 20, 30, 40, 50, missing, 70]);
    expect([...both.known.future]).toEqual([80, 60]);
  });

  test('refuses panels of another shape', () => {
    expect(() => append(covered(), dailyPanel({}))).toThrow(
      'panels must have the same known covariates to be put together, here ["k"], got []: read both with the same options',
    );
  });
});

test('gathering any rows equals reading them one by one', () => {
  const at = (values: Float64Array, row: number) => (row < 0 ? missing : (values[row] ?? missing));
  fc.assert(
    fc.property(panels, fc.integer({ min: -9, max: 9 }), fc.nat(12), (panel, from, count) => {
      fc.pre(panel.items.length > 0 && panel.channels.length === 1);
      const into = new Float64Array(count);
      copyTarget(panel, { item: 0, from, count }, into);
      const target = itemTarget(panel, 0);
      expect(itemLength(panel, 0)).toBe(target.length);
      expect([...into]).toEqual(Array.from({ length: count }, (_, i) => at(target, from + i)));
    }),
  );
});
