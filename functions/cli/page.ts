import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { say } from './output.ts';

/** From the checkout's sources, and from what is built of them. */
const places = ['../../dist/web/', '../../web/'];

/** Where `vite build` wrote the dashboard; undefined where it did not. */
export const pageFolder = (): string | undefined =>
  places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((folder) => existsSync(`${folder}assets`));

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens the page in the browser of whoever sits here; where there is none, its address was said. */
export function showPage(url: string): void {
  const [command, ...options] = openers[process.platform] ?? ['xdg-open'];
  const browser = spawn(command, [...options, url], { stdio: 'ignore', detached: true });
  browser.on('error', () => say(`no browser could be opened: open ${url} yourself`));
  browser.unref();
}
