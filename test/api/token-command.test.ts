import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseTokens, tokenAccess } from '../../shared/api/index.ts';

/** As much of Secrets Manager and CloudFormation as the command uses, with one secret and one stack. */
const state = { secret: '{"tokens":[]}', asked: [] as string[] };
let server: Server;
let endpoint = '';

const described = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
<StackName>Mine</StackName><CreationTime>2024-05-01T12:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>
<Outputs><member><OutputKey>TokensSecretArn</OutputKey><OutputValue>arn:of:the:secret</OutputValue></member></Outputs>
</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const target = String(request.headers['x-amz-target'] ?? 'stack')
      .split('.')
      .at(-1);
    if (target === 'stack') {
      state.asked.push(`stack ${new URLSearchParams(body).get('StackName')}`);
      response.setHeader('content-type', 'text/xml').end(described);
      return;
    }
    const { SecretId, SecretString } = JSON.parse(body);
    state.asked.push(`${target} ${SecretId}`);
    if (target === 'PutSecretValue') state.secret = SecretString;
    const answer = target === 'GetSecretValue' ? { SecretString: state.secret } : {};
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/token.ts', ...args], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      NODE_NO_WARNINGS: '1',
    },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, ...output };
}

test('a token is made in the secret of the stack, listed, and revoked; it is printed once', async () => {
  const made = await run(
    'create',
    '--stack',
    'Mine',
    '--datasets',
    'electricity, sales-*',
    '--scopes',
    'forecast,upload',
  );
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^tc_[\w-]{43}\n$/) });
  expect(state.asked).toEqual([
    'stack Mine',
    'GetSecretValue arn:of:the:secret',
    'PutSecretValue arn:of:the:secret',
  ]);
  const text = made.stdout.trim();
  const [token] = parseTokens(state.secret);
  expect(token).toMatchObject({ datasets: ['electricity', 'sales-*'], scopes: ['forecast', 'upload'] });
  const authenticate = tokenAccess(async () => state.secret);
  expect(await authenticate(`Bearer ${text}`)).toMatchObject({ id: token?.id });

  const id = token?.id ?? '';
  expect(await run('list', '--secret', 'named')).toMatchObject({
    code: 0,
    stdout: `${id}  electricity,sales-*  forecast,upload\n`,
  });
  expect(state.asked.at(-1)).toBe('GetSecretValue named');
  expect(await run('revoke', id, '--secret', 'named')).toMatchObject({ code: 0, stdout: '' });
  expect(parseTokens(state.secret)).toEqual([]);
}, 60_000);

test('a wrong scope is refused with what was meant, and nothing is written', async () => {
  const before = state.secret;
  const refused = await run('create', '--secret', 'named', '--datasets', 'a', '--scopes', 'forcast');
  expect(refused).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('did you mean forecast?'),
  });
  expect(state.secret).toBe(before);
}, 60_000);
