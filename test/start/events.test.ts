import { datasetsIn } from '../../shared/start/index.ts';

/** As the bucket's events come through EventBridge and the queue. */
const message = (messageId: string, key: unknown) => ({
  messageId,
  body: JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'b' }, object: { key, size: 5, etag: 'e' } },
  }),
});

test('a batch names each dataset once, with its messages', () => {
  const { datasets, unreadable } = datasetsIn([
    message('1', 'datasets/sales/a.csv'),
    message('2', 'datasets/power/2026/größe 1.csv'),
    message('3', 'datasets/sales/tidecast.yaml'),
  ]);
  expect([...datasets]).toEqual([
    ['sales', ['1', '3']],
    ['power', ['2']],
  ]);
  expect(unreadable).toEqual([]);
});

test('keys outside a dataset are of no account', () => {
  const keys = ['models/sales/current.json', 'datasets/stray.csv', 'datasets/sales/', 'datasets/-bad/a.csv'];
  const { datasets, unreadable } = datasetsIn(keys.map((key) => message(key, key)));
  expect([datasets.size, unreadable]).toEqual([0, []]);
});

test('messages that are no such event are told apart, for the dead-letter queue', () => {
  const broken = [
    { messageId: '1', body: 'not JSON' },
    { messageId: '2', body: 'null' },
    { messageId: '3', body: '{"detail":{}}' },
    message('4', 7),
  ];
  expect(datasetsIn([...broken, message('5', 'datasets/d/a.csv')]).unreadable).toEqual(['1', '2', '3', '4']);
});
