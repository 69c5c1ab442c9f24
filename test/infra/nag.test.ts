import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { TidecastStackProps } from '../../infra/stack.ts';
import { makeApp } from './support.ts';

/** What cdk-nag's pack AwsSolutions finds: rule and place. */
function findings(app: App): string[] {
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
  );
}

/** Every acknowledgement in the app: rule, place and reason. */
const acknowledged = (app: App): { rule: string; path: string; reason: string }[] =>
  app.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) =>
          Object.entries<string>(data).map(([rule, reason]) => ({ rule, path: node.path, reason })),
        ),
    );

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000';
const kinds: [string, TidecastStackProps][] = [
  ['tokens', {}],
  ['IAM and mail', { authentication: 'iam', email: 'someone@example.com' }],
  [
    'JWT and a key',
    { authentication: { jwt: { issuer: 'https://issuer.example', audience: ['a'] } }, keyArn },
  ],
];

test.each(kinds)('AwsSolutions finds nothing that is not explained: %s', (_, props) => {
  expect(findings(makeApp(props).app)).toEqual([]);
});

test('what is explained has a reason, and is one finding at one place, never a whole rule of policies', () => {
  const all = acknowledged(makeApp().app);
  expect(all.length).toBeGreaterThan(0);
  for (const { rule, path, reason } of all) {
    expect(reason.length).toBeGreaterThan(30);
    expect(path).toMatch(/^Test\/Tidecast\/\w+\/\w+/);
    if (rule.includes('IAM')) expect(rule).toMatch(/IAM5\[Resource::.+\]$/);
  }
});

test('an acknowledgement that is taken away is a finding', () => {
  const { app } = makeApp();
  for (const { node } of app.node.findAll()) {
    if (node.path.endsWith('Serving/Tokens') || node.path.endsWith('ForecastRole')) {
      const kept = node.metadata.filter(({ type }) => type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
      Object.defineProperty(node, 'metadata', { value: kept });
    }
  }
  const rules = findings(app).map((line) => line.replace(/ .*$/, '').replace(/<.*>/, '<bucket>'));
  expect([...new Set(rules)].sort()).toEqual([
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::<bucket>/models/*]',
    'AwsSolutions-IAM5[Resource::<bucket>/requests/*]',
    'AwsSolutions-IAM5[Resource::<bucket>/series/*]',
    'AwsSolutions-SMG4',
  ]);
});
