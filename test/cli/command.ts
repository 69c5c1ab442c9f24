import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../functions/cli/main.ts', import.meta.url));
const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
/** Makes the program believe that its standard error is a terminal. */
const pretence = 'data:text/javascript,process.stderr.isTTY = true';

export interface CommandOptions {
  /** The folder that it is called in. */
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  /** Closes the other end of standard output at once, as a reader does that has enough. */
  readonly isUnread?: boolean;
  /** Sends SIGINT once standard error has this. */
  readonly interruptAt?: RegExp;
}

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line in a process of its own. */
export function tidecast(words: readonly string[], options: CommandOptions): Promise<Ended> {
  const { cwd, environment = {}, isTerminal = false, isUnread = false, interruptAt } = options;
  const { NO_COLOR: _none, FORCE_COLOR: _forced, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    ['--import', loader, ...(isTerminal ? ['--import', pretence] : []), main, ...words],
    // Detached: it leads a process group, so that a signal reaches its workers as from a terminal.
    { cwd, env: { ...inherited, ...environment }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [stdout, stderr, isInterrupted] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (isInterrupted || !interruptAt?.test(stderr) || child.pid === undefined) return;
    isInterrupted = true;
    process.kill(-child.pid, 'SIGINT');
  });
  if (isUnread) child.stdout.destroy();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Text with its control characters by name. */
export const visible = (text: string): string =>
  text.replaceAll('\u001b', '<escape>').replaceAll('\r', '<return>');
