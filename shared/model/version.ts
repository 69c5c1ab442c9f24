import { readFileSync } from 'node:fs';

const file = new URL('../../package.json', import.meta.url);

/** Tidecast's version, as the package states it. */
export const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
