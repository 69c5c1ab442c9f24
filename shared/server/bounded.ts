import { Refusal } from '../api/index.ts';

/** How many bytes there may be: so many at most, or just so many. */
type Bound =
  | { readonly most: number; readonly exactly?: never }
  | { readonly exactly: number; readonly most?: never };

/**
 * A body piece by piece, its bytes counted as they pass, whatever the headers claim.
 *
 * @throws Refusal, while it is read, where it breaks off, has more bytes than it may, or ends with fewer than it must
 */
export async function* bounded(
  body: AsyncIterable<Uint8Array> | null,
  { most, exactly }: Bound,
): AsyncGenerator<Uint8Array> {
  const bound = most ?? exactly;
  let size = 0;
  for await (const piece of arriving(body)) {
    size += piece.byteLength;
    if (size > bound) throw tooLarge(exactly === undefined ? `at most ${bound}` : `${bound}`);
    yield piece;
  }
  if (exactly === undefined || size === exactly) return;
  throw new Refusal('REQUEST', {
    rule: `the file must have ${exactly} bytes, as the URL was asked for`,
    received: String(size),
    remedy: 'send the whole file, or ask for a URL of its size',
  });
}

/** A connection that breaks is no fault of ours, to be looked for in the logs. */
async function* arriving(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (cause) {
    throw new Refusal(
      'MALFORMED',
      { rule: 'the file must arrive whole', received: 'a connection that broke', remedy: 'send it again' },
      { cause },
    );
  }
}

const tooLarge = (bytes: string) =>
  new Refusal('BODY_TOO_LARGE', {
    rule: `the file must have ${bytes} bytes`,
    received: 'more',
    remedy: 'send it in several parts, each to a URL of its own',
  });
