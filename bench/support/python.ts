import { spawnSync } from 'node:child_process';

/**
 * The Python that has what bench/NAME/requirements.txt asks for: the interpreter in TIDECAST_PYTHON_NAME where that
 * is set, else one in .cache/, made on first use.
 */
export function pythonOf(name: string): string {
  const given = process.env[`TIDECAST_PYTHON_${name.toUpperCase()}`];
  if (given) return given;
  const made = spawnSync('bash', ['scripts/python-env.sh', name], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`scripts/python-env.sh ${name} ended with status ${made.status}`);
  return made.stdout.trim();
}
