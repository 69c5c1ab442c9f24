import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { complaint } from './complaint.ts';
import type { Architecture } from './props.ts';

/** A package that esbuild leaves alone and that is copied beside the bundle, for one platform. */
interface NativePackage {
  readonly name: (architecture: Architecture) => string;
  /** Which of its files are needed, by their path inside it; a licence always is. */
  readonly files: (architecture: Architecture) => RegExp;
}

const onnxruntime: readonly NativePackage[] = [
  {
    name: () => 'onnxruntime-node',
    files: (architecture) =>
      new RegExp(String.raw`^(package\.json|dist/.*\.js|bin/napi-v\d+/linux/${architecture}/.*)$`),
  },
  { name: () => 'onnxruntime-common', files: () => /^(package\.json|dist\/cjs\/.*\.(js|json))$/ },
];

/** Without `detect-libc`, by which it would look for musl: a Lambda has glibc, which it takes without asking. */
const duckdb: readonly NativePackage[] = [
  { name: () => '@duckdb/node-api', files: () => /^(package\.json|lib\/.*\.js)$/ },
  { name: () => '@duckdb/node-bindings', files: () => /^(package\.json|duckdb\.js)$/ },
  {
    name: (architecture) => `@duckdb/node-bindings-linux-${architecture}`,
    files: () => /^(package\.json|duckdb\.node|libduckdb\.so)$/,
  },
];

const groups = { onnxruntime, duckdb };

/** Native code that functions use; it is imported by the name of the first package. */
export type NativeName = keyof typeof groups;
export const externalModules: Readonly<Record<NativeName, string>> = {
  onnxruntime: 'onnxruntime-node',
  duckdb: '@duckdb/node-api',
};

/** Copies what `names` need for Linux on `architecture` into `target`/node_modules, from the project at `root`. */
export function copyNative(
  root: string,
  target: string,
  names: readonly NativeName[],
  architecture: Architecture,
): void {
  for (const { name, files } of names.flatMap((each) => groups[each])) {
    const module = name(architecture);
    const from = find(root, module);
    const wanted = files(architecture);
    const paths = readdirSync(from, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => wanted.test(path) || /^LICEN[CS]E[^/]*$/i.test(path));
    for (const path of paths) {
      const to = join(target, 'node_modules', module, path);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(from, path), to, { dereference: true, recursive: true });
    }
  }
}

/** A package's folder, in the project's node_modules or in those of the project that it is installed into. */
function find(root: string, module: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', module);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === dirname(folder)) break;
  }
  const platform = module.startsWith('@duckdb/node-bindings-');
  const version = platform ? `@${versionOf(root, '@duckdb/node-bindings')}` : '';
  throw complaint(
    `the package ${module} must be installed to deploy the functions that use it`,
    `nothing at node_modules/${module}`,
    // npm installs only this machine's platform by itself.
    platform ? `npm install --no-save --force ${module}${version}` : 'npm ci',
  );
}

const versionOf = (root: string, module: string): string =>
  JSON.parse(readFileSync(join(find(root, module), 'package.json'), 'utf8')).version;
