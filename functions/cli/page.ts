import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** From the checkout's sources, and from what is built of them. */
const places = ['../../dist/web/', '../../web/'];

/** Where `vite build` wrote the dashboard; undefined where it did not. */
export const pageFolder = (): string | undefined =>
  places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((folder) => existsSync(`${folder}assets`));
