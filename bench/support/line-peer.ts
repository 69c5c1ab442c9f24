import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program beside which we measure: it reads a line, works, and answers with a line. */
export interface LinePeer {
  /** Its first line: what it is, with the version. */
  readonly name: string;
  ask(line: string): Promise<string>;
  stop(): void;
}

/** Starts the program and waits for its first line. @param env variables besides ours */
export async function startPeer(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<LinePeer> {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {}); // it is raced below; once stopped, nobody listens
  child.stdin.on('error', () => {}); // a peer that ended shows as the end of its answers
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await Promise.race([answers.next(), failed]);
    if (done) throw new Error(`${command} ${args.join(' ')} ended before it answered`);
    return value;
  };
  const name = await next();
  return {
    name,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return next();
    },
    stop: () => child.stdin.end(),
  };
}
