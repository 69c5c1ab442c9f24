import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');
/** By its path: a name would be looked for in the folder that the user is in. */
const loader = () => ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];

/** Starts a module as a process of its own, from the source or from what it was built to. @param module as `new URL('./worker.ts', import.meta.url)` */
export function forkModule(module: URL, args: readonly string[], env: ForkOptions['env'] = {}): ChildProcess {
  const path = fileURLToPath(module);
  return fork(isSource ? path : path.replace(/\.ts$/, '.js'), [...args], {
    execArgv: isSource ? loader() : [],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
