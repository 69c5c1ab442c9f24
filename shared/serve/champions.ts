import { LRUCache } from 'lru-cache';
import { readCurrent } from '../bundle/index.ts';
import type { ObjectStore } from '../store/index.ts';
import { type OpenModel, tryOut } from './open.ts';
import { createSessions, type Lent, type SessionsOptions } from './sessions.ts';

/** How the champion came to be lent. */
interface LentChampion extends Lent {
  /** When it became the champion, in ISO 8601, where whoever promoted it said so. */
  readonly since: string | null;
}

/** The versions that serve, as `current.json` names them. */
export interface Champions {
  /**
   * Does `work` with the dataset's champion. Whoever is at work when another version is promoted ends with the one
   * it began with.
   *
   * @returns null where no version of this dataset serves
   * @throws what reading or opening the first version throws
   */
  use<T>(dataset: string, work: (model: OpenModel, lent: LentChampion) => Promise<T>): Promise<T | null>;
  close(): void;
}

export interface ChampionsOptions extends SessionsOptions {
  /** How old what is known of `current.json` may be, in milliseconds. */
  readonly refresh?: number;
  /**
   * Whether the request that finds it older waits for what is there now. Where nothing runs between requests, as in
   * a Lambda, somebody must; other requests are served by the version before in any case.
   */
  readonly wait?: boolean;
  /** Hears of a newer version that cannot be read or opened; the one before goes on serving. */
  readonly onError?: (error: unknown, dataset: string) => void;
  readonly now?: () => number;
}

/** What is known of a dataset. */
interface Followed {
  /** null: no version serves; undefined: not known yet. */
  version: string | null | undefined;
  since: string | null;
  checked: number;
  looking: Promise<void> | null;
}

/** Datasets whose pointers are remembered, also of those that do not exist. */
const remembered = 10_000;

export function createChampions(
  store: ObjectStore,
  { refresh = 5000, wait = true, onError = () => undefined, now = Date.now, ...more }: ChampionsOptions = {},
): Champions {
  const sessions = createSessions(store, more);
  const followed = new LRUCache<string, Followed>({ max: remembered });

  /** Reads the pointer and, where it has moved, opens what it names before anybody is served by it. */
  async function look(dataset: string, known: Followed): Promise<void> {
    const current = await readCurrent(store, dataset);
    const version = current?.version ?? null;
    if (known.version && version && version !== known.version) await sessions.lend(dataset, version, tryOut);
    known.version = version;
    known.since = current?.history[0]?.at ?? null;
  }

  function startLooking(dataset: string, known: Followed): Promise<void> {
    known.looking = look(dataset, known)
      .catch((error: unknown) => {
        if (known.version === undefined) throw error;
        onError(error, dataset);
      })
      .finally(() => {
        known.checked = now();
        known.looking = null;
      });
    return known.looking;
  }

  async function championOf(dataset: string): Promise<Followed> {
    const known = followed.get(dataset) ?? { version: undefined, since: null, checked: 0, looking: null };
    followed.set(dataset, known);
    if (known.version === undefined) {
      await (known.looking ?? startLooking(dataset, known));
    } else if (!known.looking && now() - known.checked >= refresh) {
      const looking = startLooking(dataset, known);
      // Who was told that nothing serves asks again because something may by now.
      if (wait || known.version === null) await looking;
    }
    return known;
  }

  return {
    async use(dataset, work) {
      const { version, since } = await championOf(dataset);
      if (!version) return null;
      return sessions.lend(dataset, version, (model, lent) => work(model, { ...lent, since }));
    },
    close: () => sessions.close(),
  };
}
