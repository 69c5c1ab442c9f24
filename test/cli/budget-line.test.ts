import { budgetLine } from '../../functions/cli/budget-line.ts';

test('train and inspect say what a budget of time was spread over, and nothing of one in steps', () => {
  const reasons = { budget: '2 members of at most 300 steps', transform: 'log: by rule' };
  expect(budgetLine({ configuration: { budget: '30s' }, reasons })).toEqual([
    'budget 30s: 2 members of at most 300 steps',
  ]);
  expect(budgetLine({ configuration: { budget: '600steps' }, reasons: { transform: 'log' } })).toEqual([]);
});
