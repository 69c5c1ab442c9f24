import { runNamed } from './run-named.ts';

await runNamed({
  kind: 'example',
  folder: 'examples',
  fileOf: (name) => `${name}/main.ts`,
  nameOf: (entry) => entry,
});
