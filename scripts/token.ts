/**
 * npm run token -- create|list|revoke: the tokens of a deployed API. Their hashes lie in a secret of the stack; a
 * token itself is printed once, on standard output alone, and kept nowhere.
 */
import { Command } from 'commander';
import {
  awsSecret,
  createToken,
  parseTokens,
  revokeToken,
  scopes,
  type TokenSecret,
} from '../shared/api/index.ts';
import { ConfigurationError, TidecastError } from '../shared/errors/index.ts';
import { stackOutputs } from './stack-outputs.ts';

interface Where {
  readonly stack: string;
  readonly secret?: string;
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
const note = (text: string): void => void process.stderr.write(`${text}\n`);

async function secretOf({ stack, secret }: Where): Promise<TokenSecret> {
  return awsSecret(secret ?? (await secretOfStack(stack)));
}

async function secretOfStack(stack: string): Promise<string> {
  const outputs = await stackOutputs(stack);
  if (!outputs) {
    throw new ConfigurationError({
      rule: '--stack must name a stack of Tidecast',
      received: stack,
      remedy: 'deploy it first, or name the one that is',
    });
  }
  const { TokensSecretArn: arn } = outputs;
  if (arn) return arn;
  throw new ConfigurationError({
    rule: 'the stack must have a secret for tokens (output TokensSecretArn)',
    received: `${stack} without one`,
    remedy: 'deploy it with authentication=token, or name the secret with --secret',
  });
}

async function create(
  options: Where & { readonly datasets: string; readonly scopes: string },
): Promise<void> {
  const secret = await secretOf(options);
  const wanted = { datasets: listOf(options.datasets), scopes: listOf(options.scopes) };
  const made = createToken(await secret.read(), wanted);
  await secret.write(made.secret);
  const { id, datasets, scopes: granted } = made.token;
  note(`token ${id} for ${datasets.join(', ')} (${granted.join(', ')}); it is shown once:`);
  process.stdout.write(`${made.text}\n`);
}

async function list(options: Where): Promise<void> {
  const tokens = parseTokens(await (await secretOf(options)).read());
  for (const { id, datasets, scopes: granted } of tokens) {
    process.stdout.write(`${id}  ${datasets.join(',')}  ${granted.join(',')}\n`);
  }
  if (tokens.length === 0) note('no tokens yet: make one with `npm run token -- create`');
}

async function revoke(id: string, options: Where): Promise<void> {
  const secret = await secretOf(options);
  await secret.write(revokeToken(await secret.read(), id));
  note(`token ${id} is revoked; functions that are running take it for at most five minutes more`);
}

const program = new Command('token').description('Tokens of a deployed API.');
const command = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option('--stack <name>', 'name of the stack', 'Tidecast')
    .option('--secret <id>', "the secret's name or ARN, instead of the stack");

command('create', 'makes a token and prints it, once')
  .requiredOption('--datasets <list>', 'datasets, with commas between; * stands for any letters')
  .requiredOption('--scopes <list>', `among ${scopes.join(', ')}, with commas between`)
  .action(create);
command('list', 'ids, datasets and scopes').action(list);
command('revoke <id>', 'takes a token away').action(revoke);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof TidecastError)) throw error;
  note(`error: ${error.message}`);
  process.exitCode = 2;
}
