import { daily, testInputs } from './inputs.ts';

const semicolon = (...values: string[]) => [
  'ds;y',
  ...values.map((value, i) => `2024-01-0${i + 1};${value}`),
];
const mend = 'mend the cell, leave it empty where the value is missing, or leave out the column';
const alike =
  'write the numbers of a column alike, or say with the options decimal and thousands how they are written';
const finite = (got: string, remedy: string) =>
  `the column y must hold finite numbers, got ${got}, column y: ${remedy}`;

testInputs([
  {
    title: 'a decimal comma is seen',
    content: semicolon('1,5', '-2,25', '3'),
    gives: { series: [1.5, -2.25, 3] },
  },
  {
    title: 'points before a decimal comma group digits, in cells without a comma too',
    content: semicolon('1.234,5', '12.345.678', '1.234'),
    gives: { series: [1234.5, 12_345_678, 1234] },
  },
  {
    title: 'commas before a decimal point group digits',
    content: ['ds,y', '2024-01-01,"1,234.5"', '2024-01-02,"1,234"', '2024-01-03,7'],
    gives: { series: [1234.5, 1234, 7] },
  },
  {
    title: 'blanks of three kinds and apostrophes group digits',
    content: semicolon('1 234', '1\u00a0234,5', '1\u202f234', "1'234", '1’234'),
    gives: { series: [1234, 1234.5, 1234, 1234, 1234] },
  },
  {
    title: 'a column that does not tell is taken as the others of its table',
    content: ['ds;y;x', '2024-01-01;1,234;0,5', '2024-01-02;2,345;1'],
    options: { target: 'y' },
    gives: { series: [1.234, 2.345] },
  },
  {
    title: 'a comma before three digits is refused where nothing tells what it is',
    content: semicolon('1', '1,234'),
    message:
      'it must be clear whether a comma is the decimal sign or groups digits, got "1,234" in line 3 of t.csv, column y: say with the option decimal which sign it is: "," for 1.234, "." for 1234',
    place: { line: 3, column: 'y' },
  },
  {
    title: 'a comma before three digits is decimal where that is said',
    content: semicolon('1,234', '2'),
    options: { decimal: ',' },
    gives: { series: [1.234, 2] },
  },
  {
    title: 'a comma before three digits groups them where that is said',
    content: semicolon('1,234', '2'),
    options: { thousands: ',' },
    gives: { series: [1234, 2] },
  },
  {
    title: 'a point before three digits is decimal as long as nothing speaks against it',
    content: semicolon('1.234', '2.345'),
    gives: { series: [1.234, 2.345] },
  },
  {
    title: 'a point among decimal commas is refused',
    content: semicolon('1,5', '2,5', '3.5'),
    message: finite('"3.5" in line 4 of t.csv', alike),
    place: { line: 4, column: 'y' },
  },
  {
    title: 'a comma among decimal points is refused',
    content: semicolon('1.5', '2.5', '3,5'),
    message: finite('"3,5" in line 4 of t.csv', alike),
  },
  {
    title: 'groups of another length are refused',
    content: semicolon('1.234,5', '1,5', '12.34,5'),
    message: finite('"12.34,5" in line 4 of t.csv', mend),
  },
  {
    title: 'a decimal comma far down is refused with its line',
    content: ['ds;y', ...Array.from({ length: 1500 }, () => '2024-01-01;1'), '2024-01-02;1,5'],
    message: finite('"1,5" in line 1502 of t.csv', alike),
  },
  {
    title: 'words of spreadsheets, statistics and programs are missing values',
    content: [
      'ds,y',
      ...daily(
        '',
        1,
        'NA',
        'N/A',
        '#N/A',
        'null',
        'None',
        '-',
        '.',
        '..',
        '?',
        'n.a.',
        '<NA>',
        'NaN',
        '--',
        2,
      ),
    ],
    gives: { series: [1, ...Array(13).fill(null), 2] },
  },
  {
    title: 'the errors of a spreadsheet are no missing values',
    content: ['ds,y', ...daily('', 1, '#DIV/0!', 2)],
    message: finite('"#DIV/0!" in line 3 of t.csv', mend),
  },
  {
    title: 'the largest and the smallest numbers keep every bit',
    content: ['ds,y', ...daily('', '1e308', '-1.7976931348623157e308', '5e-324', '0.1')],
    gives: { series: [1e308, -Number.MAX_VALUE, Number.MIN_VALUE, 0.1] },
  },
  {
    title: 'infinities are refused with how many there are',
    content: ['ds,y', ...daily('', 1, 'inf', '-Infinity', '1e309', 2)],
    message: finite('"inf" in line 3 of t.csv, column y (and 2 more)', mend).replace('), column y', ')'),
    count: 3,
  },
  {
    title: 'units and currencies are refused',
    content: ['ds,y', ...daily('', 1, 2, '3 €', '4 kWh')],
    message: finite('"3 €" in line 4 of t.csv, column y (and 1 more)', mend).replace('), column y', ')'),
    count: 2,
  },
]);
