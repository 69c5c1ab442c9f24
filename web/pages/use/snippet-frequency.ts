/** `15min` → 15 and `min`. */
function parts(frequency: string): readonly [number, string] {
  const [, count = '1', unit = ''] = /^(\d*)(.*)$/.exec(frequency) ?? [];
  return [Number(count || 1), unit];
}

const pandas: Readonly<Record<string, string>> = {
  ...{ ms: 'ms', s: 's', min: 'min', h: 'h', d: 'D', b: 'B' },
  ...{ w: 'W', mo: 'MS', q: 'QS', y: 'YS' },
};

/** A frequency as pandas spells it. */
export function pandasFrequency(frequency: string): string {
  const [count, unit] = parts(frequency);
  return `${count === 1 ? '' : count}${pandas[unit] ?? unit}`;
}

const second = 1000;
const milliseconds: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: second, min: 60 * second, h: 3600 * second, d: 86_400 * second, w: 7 * 86_400 * second },
};
const months: Readonly<Record<string, number>> = { mo: 1, q: 3, y: 12 };

/** Lines of Python that make `index`, the period index of `start`, by the frequency's phase in bundle.json. */
export function indexExpression(frequency: string): readonly string[] {
  const [count, unit] = parts(frequency);
  const offset = 'bundle["frequency"]["offset"]';
  if (unit in milliseconds) {
    const length = count * (milliseconds[unit] ?? 1);
    return [`index = int((1000 * start.timestamp() - ${offset}) // ${length})`];
  }
  if (unit in months) {
    const length = count * (months[unit] ?? 1);
    return [`index = int((12 * (start.year - 1970) + start.month - 1 - ${offset}) // ${length})`];
  }
  return [`index = int((np.busday_count("1969-12-29", start.date()) - ${offset}) // ${count})`];
}
