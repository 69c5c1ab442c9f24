import { mkdirSync } from 'node:fs';

// Jest does not make the folder of --outputFile.
mkdirSync('.cache', { recursive: true });

/** Suites that need more than npm, each run by its own command: `npm run test:NAME`. */
const apart = ['oracles', 'data', 'cloud', 'clients', 'reliability', 'tensorflow'];

const common = {
  testEnvironment: '<rootDir>/test/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
        swcrc: false,
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/cdk.out/'],
};

export default {
  cacheDirectory: '.cache/jest',
  // All cores: by default jest leaves one idle, which is half of a small machine.
  maxWorkers: '100%',
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'main',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...apart.map((name) => `<rootDir>/test/${name}/`)],
    },
    ...apart.map((name) => ({
      ...common,
      displayName: name,
      testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
    })),
  ],
};
