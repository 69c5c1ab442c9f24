import { datasetOf } from '../store/index.ts';

/** A message of the queue: an event of the bucket as EventBridge passes it on. */
export interface Message {
  readonly messageId: string;
  readonly body: string;
}

export interface Named {
  /** The datasets, each with the messages that name it. */
  readonly datasets: ReadonlyMap<string, readonly string[]>;
  /** Messages that are no such event: for the dead-letter queue, where they are seen. */
  readonly unreadable: readonly string[];
}

/** Which datasets a batch of messages names; several events of one dataset are one reason to look at it. */
export function datasetsIn(messages: readonly Message[]): Named {
  const datasets = new Map<string, string[]>();
  const unreadable: string[] = [];
  for (const { messageId, body } of messages) {
    const key = keyIn(body);
    const dataset = key === null ? null : datasetOf(key);
    if (key === null) unreadable.push(messageId);
    if (dataset) datasets.set(dataset, [...(datasets.get(dataset) ?? []), messageId]);
  }
  return { datasets, unreadable };
}

function keyIn(body: string): string | null {
  try {
    const key: unknown = JSON.parse(body)?.detail?.object?.key;
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}
