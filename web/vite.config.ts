import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The dashboard as files that any server can hand out, from whatever path. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
});
