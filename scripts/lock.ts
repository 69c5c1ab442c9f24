/**
 * Keeps package-lock.json installable everywhere: `npm run lock` mends it, `npm run lock -- --check` only looks.
 *
 * npm leaves a platform's optional package out of the lock file where the registry it asked does not carry it,
 * and `npm ci` of npm 11 then refuses the whole file. Such packages are entered here by name and version, with
 * the platform read from the name, so that other platforms skip them and the right one fetches them. Addresses
 * (`resolved`) are dropped: they would tie every install to one registry.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Entry = {
  version?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const os = systems.filter((word) => words.includes(word));
  const cpu = processors.filter((word) => words.includes(word));
  const libc = os.includes('linux')
    ? words.some((word) => word.startsWith('musl'))
      ? ['musl']
      : ['glibc']
    : [];
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) };
}

const path = 'package-lock.json';
const before = readFileSync(path, 'utf8');
const lock = JSON.parse(before) as { packages: Record<string, Entry> };
const problems: string[] = [];

for (const [place, entry] of Object.entries(lock.packages)) {
  if (entry.resolved !== undefined && entry.link !== true) {
    problems.push(`${place} carries an address`);
    delete entry.resolved;
  }
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const top = `node_modules/${name}`;
    if (lock.packages[top] || lock.packages[`${place}/${top}`]) continue;
    problems.push(`${name} (optional, of ${place || 'the project'}) has no entry`);
    if (!/^\d+\.\d+\.\d+/.test(version)) {
      throw new Error(
        `an optional package without an entry must be pinned, got ${name}@${version}: pin it or add it by hand`,
      );
    }
    lock.packages[top] = {
      version,
      ...platformOf(name),
      ...(entry.dev === true && { dev: true }),
      optional: true,
    };
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));

if (problems.length > 0 && process.argv.includes('--check')) {
  console.error(`${path} must install everywhere, got\n  ${problems.join('\n  ')}\nrun: npm run lock`);
  process.exitCode = 1;
} else if (problems.length > 0) {
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${path}: mended ${problems.length} entries`);
} else {
  console.log(`${path}: complete`);
}
