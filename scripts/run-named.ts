import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A folder of programs that are run by name. */
export interface Shelf {
  /** What one of them is called, e.g. `example`. */
  readonly kind: string;
  readonly folder: string;
  /** The file of a name, relative to the folder; `entry` is as listed in the folder. */
  readonly fileOf: (name: string) => string;
  readonly nameOf: (entry: string) => string;
}

/** Runs the program named by the first argument; what follows it is the program's own. */
export async function runNamed({ kind, folder, fileOf, nameOf }: Shelf): Promise<void> {
  const [name = '', ...rest] = process.argv.slice(2);
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  // A program may have a folder of its own name beside it.
  const names = [...new Set(entries.map(nameOf))].filter((each) => existsSync(`${folder}/${fileOf(each)}`));
  if (!names.includes(name)) {
    const received = name === '' ? 'none' : `"${name}"`;
    const remedy = names.length > 0 ? `npm run -s ${kind} -- ${names[0]}` : `add ${folder}/${fileOf('NAME')}`;
    console.error(
      `the ${kind} must be one of: ${names.join(', ') || '(none yet)'}; got ${received}: try ${remedy}`,
    );
    process.exitCode = 2;
    return;
  }
  const file = `${process.cwd()}/${folder}/${fileOf(name)}`;
  process.argv = [process.argv[0] ?? 'node', file, ...rest];
  await import(pathToFileURL(file).href);
}
