/**
 * npm run deploy [-- -c KEY=VALUE …]: bundles the functions, deploys the stack, says where it is and what comes next.
 * Any option of `cdk deploy` works; the keys are listed in docs/operations.md.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { runCdk } from './cdk.ts';

const file = '.cache/stack-outputs.json';
mkdirSync('.cache', { recursive: true });
runCdk(['deploy', '--outputs-file', file, ...process.argv.slice(2)]);

const [deployed] = Object.entries<Record<string, string>>(JSON.parse(readFileSync(file, 'utf8')));
if (deployed) {
  const [stack, { BucketName, ApiUrl, TokensSecretArn }] = deployed;
  console.log(`
Bucket   ${BucketName}
API      ${ApiUrl}

Next     aws s3 cp examples/electricity/electricity.csv s3://${BucketName}/datasets/electricity/`);
  if (TokensSecretArn) {
    console.log(
      `         npm run -s token -- create --stack ${stack} --datasets electricity --scopes forecast,upload`,
    );
  }
}
