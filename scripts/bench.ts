import { runNamed } from './run-named.ts';

await runNamed({
  kind: 'bench',
  folder: 'bench',
  fileOf: (name) => `${name}.ts`,
  nameOf: (entry) => entry.replace(/\.ts$/, ''),
});
