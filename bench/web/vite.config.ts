import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page that draws charts to be timed. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: { target: 'es2022', modulePreload: { polyfill: false } },
});
