import { promote, readCurrent, writeBundle } from '../../shared/bundle/index.ts';
import { keys } from '../../shared/store/index.ts';
import { memoryStore, parts } from './support.ts';

async function withVersions(count: number) {
  const { store, objects } = memoryStore();
  const versions: string[] = [];
  for (let seed = 0; seed < count; seed++) {
    versions.push(await writeBundle(store, keys.models('power'), parts(seed)));
  }
  const [a = '', b = '', c = ''] = versions;
  return { store, objects, versions, a, b, c };
}

describe('the pointer to the champion', () => {
  test('is null before the first promotion, then moves and remembers why', async () => {
    const { store, a, b } = await withVersions(2);
    expect(await readCurrent(store, 'power')).toBeNull();
    const first = await promote(store, 'power', { version: a, reason: 'first', from: null });
    await promote(store, 'power', { version: b, reason: 'better', at: '2024-01-01T00:00:00Z', from: first });
    const current = await readCurrent(store, 'power');
    expect(current).toMatchObject({
      version: b,
      history: [
        { version: b, reason: 'better', at: '2024-01-01T00:00:00Z' },
        { version: a, reason: 'first' },
      ],
    });
    await promote(store, 'power', { version: a, reason: 'roll back', from: current });
    expect((await readCurrent(store, 'power'))?.history.map(({ version }) => version)).toEqual([a, b, a]);
  });

  test('is won by one of two that race, also for the first place', async () => {
    const { store, a, b, c } = await withVersions(3);
    const race = async (from: Awaited<ReturnType<typeof readCurrent>>, ...versions: string[]) => {
      const results = await Promise.allSettled(
        versions.map((version) => promote(store, 'power', { version, reason: 'race', from })),
      );
      const lost = results.filter((result) => result.status === 'rejected');
      expect(lost).toHaveLength(versions.length - 1);
      for (const { reason } of lost) expect(reason).toMatchObject({ code: 'STORE_CONFLICT' });
      const [won] = results.filter((result) => result.status === 'fulfilled');
      const current = await readCurrent(store, 'power');
      expect(current).toEqual(won?.value);
      return current;
    };
    const first = await race(null, a, b);
    await race(first, first?.version === a ? b : a, c);
  });

  test('that moved away is not taken for still being there', async () => {
    const { store, a, b } = await withVersions(2);
    const first = await promote(store, 'power', { version: a, reason: 'first', from: null });
    expect(await promote(store, 'power', { version: a, reason: 'again', from: first })).toEqual(first);
    await promote(store, 'power', { version: b, reason: 'better', from: first });
    const again = promote(store, 'power', { version: a, reason: 'again', from: first });
    await expect(again).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });

  test('moves only to a version that is there', async () => {
    const { store } = await withVersions(0);
    const missing = promote(store, 'power', { version: 'abc', reason: 'typo', from: null });
    await expect(missing).rejects.toMatchObject({ code: 'BUNDLE' });
  });

  test('keeps the last 20 moves, and says when it is damaged', async () => {
    const { store, objects, a, b } = await withVersions(2);
    let current = await promote(store, 'power', { version: a, reason: '0', from: null });
    for (let i = 1; i < 30; i++) {
      current = await promote(store, 'power', { version: i % 2 ? b : a, reason: String(i), from: current });
    }
    expect(current.history.map(({ reason }) => Number(reason))).toEqual(
      Array.from({ length: 20 }, (_, i) => 29 - i),
    );
    objects.set(keys.current('power'), Buffer.from('{"version":1}'));
    await expect(readCurrent(store, 'power')).rejects.toMatchObject({ code: 'BUNDLE' });
  });
});
