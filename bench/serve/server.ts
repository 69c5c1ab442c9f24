import { type ChildProcess, spawn } from 'node:child_process';

export interface ServedHere {
  readonly origin: string;
  end(): Promise<void>;
}

/** Starts `tidecast serve` in a process of its own, on a port that is free. */
export async function serveHere(root: string): Promise<ServedHere> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', 'functions/cli/main.ts', 'serve', '--data', root, '--port', '0'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes;
      const [, found] = /serving .* at (http:\S+),/.exec(said) ?? [];
      if (found) resolve(found);
    });
    void closed.then((code) => reject(new Error(`tidecast serve ended with ${code}: ${said}`)));
  });
  return {
    origin,
    async end() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}
