/**
 * Who may import whom. `leaves` and `may` are the whole table: a folder of shared/ imports itself, the leaves and
 * what stands beside its name, always through the other's index.ts. Type-only imports count like any other.
 */
const leaves = ['errors', 'random', 'frequency', 'calendar', 'version', 'cors'];
const may = {
  graph: [],
  model: ['graph'],
  train: ['graph', 'model'],
  dataset: [],
  evaluate: ['dataset'],
  store: [],
  bundle: ['graph', 'model', 'store'],
  forecast: ['graph'],
  serve: ['graph', 'model', 'bundle', 'store', 'forecast'],
  documents: ['store'],
  exports: ['bundle', 'forecast', 'serve', 'store', 'documents'],
  start: ['bundle', 'documents', 'store'],
  jobs: [
    'graph',
    'model',
    'train',
    'dataset',
    'evaluate',
    'bundle',
    'forecast',
    'serve',
    'store',
    'documents',
  ],
  api: ['bundle', 'forecast', 'serve', 'store', 'documents'],
  client: [],
  server: ['api', 'serve', 'store', 'documents', 'exports', 'start', 'jobs'],
};

const ours = '^(shared|functions|infra|web|bench|examples|scripts|test)/';
const anyOf = (names) => `^shared/(${names.join('|')})/`;
/** What a browser can load. */
const anywhere = ['client', 'forecast', 'frequency', 'calendar'];
/** Data, no code: the dashboard ships the example that it offers. */
const exampleTable = '^examples/[^/]+/[^/]+\\.csv$';
const training = ['^shared/(train|dataset)/', '(^|/)node_modules/@duckdb/'];
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    ...Object.entries(may).map(([folder, others]) =>
      forbid(
        `${folder}-imports`,
        `shared/${folder} may import of ours only: ${[...leaves, ...others].join(', ')}`,
        { path: `^shared/${folder}/` },
        { path: ours, pathNot: anyOf([folder, ...leaves, ...others]) },
      ),
    ),
    forbid(
      'leaf-imports',
      'a leaf imports nothing of ours but leaves',
      { path: anyOf(leaves) },
      { path: ours, pathNot: anyOf(leaves) },
    ),
    forbid(
      'folder-in-table',
      'a new folder of shared/ needs a line in the table of .dependency-cruiser.mjs',
      { path: '^shared/', pathNot: anyOf([...leaves, ...Object.keys(may)]) },
      {},
    ),
    forbid(
      'door-inside-shared',
      'a folder of shared/ is entered through its index.ts',
      { path: '^shared/([^/]+)/' },
      { path: '^shared/', pathNot: ['^shared/$1/', '^shared/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'door-from-outside',
      'shared/ is entered through the index.ts of its folders; only tests may reach in',
      { path: ours, pathNot: '^(shared|test)/' },
      { path: '^shared/', pathNot: '^shared/[^/]+/index\\.ts$' },
    ),
    forbid(
      'serving-without-training',
      'what serves must not reach training code or the data reader, not even through others',
      {
        path: '^(shared/(bundle|forecast|serve|documents|exports|start|api)|functions/(forecast|manage|start|export))/',
      },
      { path: training, reachable: true },
    ),
    forbid(
      'functions-are-entries',
      'nothing imports functions; a function imports no other function',
      { path: ours, pathNot: '^(test|functions)/' },
      { path: '^functions/' },
    ),
    forbid(
      'functions-apart',
      'a function imports no other function: what two need belongs to shared/',
      { path: '^functions/([^/]+)/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
    ),
    forbid(
      'infra-by-path',
      'infra names handlers by path and imports of our code only what API Gateway is told as well',
      { path: '^infra/' },
      { path: ours, pathNot: '^(infra|shared/cors)/' },
    ),
    forbid(
      'web-runs-anywhere',
      'web speaks HTTP: of ours it imports what runs anywhere (client, forecast, frequency, calendar), else types',
      { path: '^web/' },
      {
        path: ours,
        pathNot: ['^web/', anyOf(anywhere), exampleTable],
        dependencyTypesNot: ['type-only', 'type-import'],
      },
    ),
    forbid(
      'product-without-tools',
      'product code imports no tests, benchmarks, examples or scripts',
      { path: '^(shared|functions|infra|web)/' },
      { path: '^(bench|examples|scripts|test)/', pathNot: exampleTable },
    ),
    forbid('no-circle', 'no circular imports, of types neither', {}, { circular: true }),
    // What Vite makes an address of is a file of a package and no module.
    forbid('resolvable', 'every import must resolve', {}, { couldNotResolve: true, pathNot: '\\?url$' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|cdk\\.out|\\.cache|tidecast-data)/|(^|/)\\.venv' },
    moduleSystems: ['es6'],
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
