import { constants, getPriority } from 'node:os';
import { programQueue } from '../../shared/server/queue.ts';

test('a task runs at a lower priority than the server, whose requests come first, with all of its threads', async () => {
  const cause = await new Promise<string>((resolve, reject) => {
    const queue = programQueue<string>({
      program: new URL('./priority-program.ts', import.meta.url),
      argumentsOf: (task) => [task],
      onEnd: async (_, error) => resolve(error?.Cause ?? ''),
      onError: reject,
    });
    queue.add('one');
  });
  const lower = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL);
  expect(new Set(JSON.parse(cause))).toEqual(new Set([lower]));
}, 60_000);
