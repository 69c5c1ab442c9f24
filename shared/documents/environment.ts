import { ConfigurationError } from '../errors/index.ts';

/** A setting that a function cannot do without. @throws ConfigurationError where the environment has none */
export function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new ConfigurationError({
    rule: `the environment variable ${name} must be set`,
    received: 'nothing',
    remedy: 'deploy the stack again, or set it where the function is started by hand',
  });
}
