import { App } from 'aws-cdk-lib';
import { readContext } from './context.ts';
import { TidecastStack } from './stack.ts';

const app = new App();
const { name, region = process.env.CDK_DEFAULT_REGION, email, keyArn, props } = readContext(app.node);
const account = process.env.CDK_DEFAULT_ACCOUNT;
new TidecastStack(app, name, {
  env: { ...(account && { account }), ...(region && { region }) },
  ...(email !== undefined && { email }),
  ...(keyArn !== undefined && { keyArn }),
  ...props,
});
