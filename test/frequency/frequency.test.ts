import {
  type Frequency,
  FrequencyError,
  frequencySchema,
  parseFrequency,
  printFrequency,
  seasonality,
} from '../../shared/frequency/index.ts';

const spellings = [
  '1s',
  '30s',
  '1min',
  '15min',
  '1h',
  '6h',
  '1d',
  '2d',
  '1w',
  '2w',
  '1mo',
  '6mo',
  '1q',
  '1y',
];

test.each(spellings)('%s is printed as it is read', (text) => {
  expect(printFrequency(parseFrequency(text))).toBe(text);
});

test('the number may be left out, capitals and blanks do not matter', () => {
  expect(parseFrequency('h')).toEqual(parseFrequency('1h'));
  expect(parseFrequency(' 15 MIN ')).toEqual(parseFrequency('15min'));
});

test('weeks begin on Monday where nothing is said', () => {
  expect(parseFrequency('1w')).toEqual({
    unit: 'week',
    multiple: 1,
    offset: 4 * 86_400_000, // 1970-01-05
    day: 1,
    time: 0,
  } satisfies Frequency);
});

test.each([
  [
    '1m',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "1m": did you mean 1min or 1mo?',
  ],
  [
    '0h',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "0h": write for example 15min, 1h, 1d or 1mo',
  ],
  [
    'daily',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "daily": did you mean 1d?',
  ],
  [
    '1.5h',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "1.5h": write for example 15min, 1h, 1d or 1mo',
  ],
  [
    'W-SUN',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "W-SUN": did you mean 1w? Where periods begin is taken from the data',
  ],
  [
    '2ME',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "2ME": did you mean 2mo? Where periods begin is taken from the data',
  ],
  [
    '15T',
    'a frequency must be a whole number and one of s, min, h, d, b, w, mo, q, y, got "15T": did you mean 15min?',
  ],
])('%s is refused', (text, message) => {
  expect(() => parseFrequency(text)).toThrow(FrequencyError);
  expect(() => parseFrequency(text)).toThrow(message);
});

test.each([
  ['1h', 24, [24, 168], 24, 24],
  ['6h', 4, [4, 28], 4, 4],
  ['7h', 24, [24], 24, 3],
  ['15min', 96, [96, 672], 96, 96],
  ['1min', 1440, [1440, 10_080], 1440, 96],
  ['1d', 7, [7], 1, 14],
  ['2d', 1, [], 1, 7],
  ['1w', 52, [52], 1, 13],
  ['1mo', 12, [12], 12, 12],
  ['1q', 4, [4], 4, 8],
  ['1y', 1, [], 1, 6],
])(
  '%s suggests season %i of %j, %i for MASE, and horizon %i',
  (text, season, seasons, metricSeason, horizon) => {
    expect(seasonality(parseFrequency(text))).toEqual({ season, seasons, metricSeason, horizon });
  },
);

test.each(spellings)('%s is what plans and bundles hold of it', (text) => {
  const frequency = parseFrequency(text);
  expect(frequencySchema.parse(JSON.parse(JSON.stringify(frequency)))).toEqual(frequency);
});

test.each([
  ['no phase', { offset: undefined }],
  ['a unit that is none', { unit: 'fortnight' }],
  ['half a period', { multiple: 0.5 }],
  ['a phase of a whole period', { offset: 7 * 86_400_000 }],
  ['a phase before 1970', { offset: -1 }],
  ['a day that no month has', { day: 32 }],
  ['a time after the day', { time: 86_400_000 }],
  ['a field more', { zone: 'UTC' }],
])('a frequency with %s is none', (_, change) => {
  expect(frequencySchema.safeParse({ ...parseFrequency('1w'), ...change }).success).toBe(false);
});
