import { defineConfig } from 'vite';

/** The dashboard as files that any server can hand out, from whatever path. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
});
