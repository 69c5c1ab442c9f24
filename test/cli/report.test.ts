import { reportPage } from '../../functions/cli/report-page.ts';
import type { Report } from '../../web/report/report-data.ts';

const parts = { script: 'run()', style: 'main{}' };
const hostile = '</script><script>alert(1)</script><!--';

/** What the page holds, read as the page reads it: up to the first end of the element. */
function held(page: string): unknown {
  const [, data = ''] = /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(data);
}

const pageOf = (data: object) => reportPage({ model: { model: 'air' }, ...data } as Report, parts);

test('an item’s name ends no element and stays what it is', () => {
  const page = pageOf({ series: [{ item: hostile }] });
  expect(page).not.toContain('alert(1)</script>');
  expect(held(page)).toMatchObject({ series: [{ item: hostile }] });
});

test('measures have seven digits, counts all of theirs, and what is no number is null', () => {
  const model = { model: 'air', observations: 123_456_789 };
  const page = pageOf({ model, accuracy: { mean: 0.123456789, bound: Number.NaN } });
  expect(held(page)).toEqual({ model, accuracy: { mean: 0.1234568, bound: null } });
});

test.each(['</script>', '</SCRIPT >'])('%s in the script’s text does not end the script', (end) => {
  const page = reportPage({ model: { model: 'air' } } as Report, { ...parts, script: `say("${end}")` });
  expect(page.match(/<\/script/gi)).toHaveLength(2);
});
