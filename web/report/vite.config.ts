import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The report's page as one script and one style, which the command line writes into a file of its own. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  build: {
    outDir: '../../dist/web/report',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: 'main.tsx',
      formats: ['iife'],
      name: 'report',
      fileName: () => 'report.js',
      cssFileName: 'report',
    },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
});
