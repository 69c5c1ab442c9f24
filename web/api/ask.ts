import { useCallback, useEffect, useState } from 'preact/hooks';

/** What became of a question: of one that is asked again, `data` is the answer before until the new one is there. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly waiting: boolean;
  /** Asks once more. */
  readonly again: () => void;
}

/**
 * Asks when the part of the page appears and whenever one of `about` changes; an answer that comes too late is
 * dropped.
 */
export function useAsk<T>(ask: (signal: AbortSignal) => Promise<T>, about: readonly unknown[]): Asked<T> {
  const [turn, setTurn] = useState(0);
  const [asked, setAsked] = useState<{ key: string; data?: T; error?: unknown; waiting: boolean }>({
    key: '',
    waiting: true,
  });
  const key = JSON.stringify(about);
  useEffect(() => {
    const ending = new AbortController();
    setAsked((before) => (before.key === key ? { ...before, waiting: true } : { key, waiting: true }));
    ask(ending.signal).then(
      (data) => ending.signal.aborted || setAsked({ key, data, waiting: false }),
      (error: unknown) => ending.signal.aborted || setAsked({ key, error, waiting: false }),
    );
    return () => ending.abort();
  }, [key, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const isOwn = asked.key === key;
  return {
    data: isOwn ? asked.data : undefined,
    error: isOwn ? asked.error : undefined,
    waiting: !isOwn || asked.waiting,
    again,
  };
}

/** Calls `again` every so many milliseconds while `active`, and never while the page is hidden. */
export function usePolling(again: () => void, milliseconds: number, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), milliseconds);
    return () => clearInterval(timer);
  }, [again, milliseconds, active]);
}
