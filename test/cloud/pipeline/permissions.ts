import { functionOf } from '../support/deployment.ts';
import { type FunctionName, functionNames } from '../support/functions.ts';
import { type Asked, allows, type Grant, grantsOf } from '../support/policy.ts';
import { productionTemplate, type Template } from '../support/template.ts';
import type { Stage } from './stage.ts';

/** Used by the platform in a function's name; nothing that a function asks for itself. */
const platform = [/^logs:/, /^xray:/, /^sqs:/];

/** Of paths that cannot be taken here. */
const seldom: readonly (readonly [name: FunctionName, sid: string, path: string])[] = [
  [
    'assemble',
    'ListObjects',
    'clears up after a shard of more than 512 items that two executions split at the same moment',
  ],
  [
    'forecast',
    'ListObjects',
    'clears up after a shard of more than 512 items that two requests split at the same moment',
  ],
  [
    'export',
    'DeleteObjects',
    'removes the file that it has written when somebody removes the export meanwhile',
  ],
  ['preview', 'TellAbsence', 'says so of a file that is removed between the listing and the reading'],
];

/** The recorded requests of each function, held against the policies of the template that a user deploys. */
export function describePermissions(stage: () => Stage): void {
  let template: Template;

  beforeAll(async () => {
    template = await productionTemplate();
  }, 300_000);

  const callsOf = (name: FunctionName) => {
    const { deployment, cloud } = stage();
    const { accessKey } = functionOf(deployment, name);
    return cloud.recorder.calls.filter(({ key }) => key === accessKey);
  };

  /** A request to S3 with the bucket as the template names it. */
  function asked({ action, resource, prefix }: Asked): Asked {
    const bucket = stage().deployment.outputs.BucketName;
    const inside = resource === bucket || resource.startsWith(`${bucket}/`);
    return { action, prefix, resource: inside ? `arn:<Bucket>${resource.slice(bucket.length)}` : resource };
  }

  const grantsOfFunction = (name: FunctionName): readonly Grant[] =>
    grantsOf(template, roleOf(template, name)).map((grant) => ({
      ...grant,
      resource: grant.resource.replace(/^<\w*Bucket\w*>/, 'arn:<Bucket>'),
    }));

  test('every signed request of the test came from the account or from one of the functions', () => {
    const { deployment, cloud } = stage();
    const known = new Map(deployment.functions.map(({ accessKey, name }) => [accessKey, name]));
    const others = cloud.recorder.calls.filter(({ key }) => key.startsWith('ASIA') && !known.has(key));
    // The CDK's command line assumes the roles of the bootstrap stack; it is no function.
    expect(
      others.filter(({ action }) => action.startsWith('s3:')).map(({ resource }) => resource.split('/')[0]),
    ).toEqual(
      others.filter(({ action }) => action.startsWith('s3:')).map(() => expect.stringMatching(/^cdk-/)),
    );
    expect([...known.values()].sort()).toEqual([...functionNames].sort());
  });

  describe.each(functionNames)('%s', (name) => {
    test('asked S3 for nothing but what the production template allows it', () => {
      const calls = callsOf(name).filter(({ action }) => action.startsWith('s3:'));
      expect(calls.length).toBeGreaterThan(0);
      const grants = grantsOfFunction(name);
      const forbidden = calls
        .map(asked)
        .filter((call) => !grants.some((grant) => allows(grant, call)))
        .map(({ action, resource, prefix }) => `${action} ${resource} ${prefix ?? ''}`);
      expect([...new Set(forbidden)]).toEqual([]);
    });

    test('was refused nothing', () => {
      expect(callsOf(name).filter(({ status }) => status === 401 || status === 403)).toEqual([]);
    });

    test('is allowed nothing that it did not ask for', () => {
      const calls = callsOf(name);
      const idle = grantsOfFunction(name)
        .filter(({ action }) => !platform.some((pattern) => pattern.test(action)))
        .filter((grant) => !calls.some((call) => uses(grant, call, asked(call))))
        .map(({ sid, action, resource, prefix }) => [sid, action, resource, prefix ?? '']);
      const excused = seldom.filter(([function_]) => function_ === name).map(([, sid]) => sid);
      expect(idle.filter(([sid = '']) => !excused.includes(sid))).toEqual([]);
      // An excuse that is needed no more is to go.
      expect([...new Set(idle.map(([sid]) => sid))]).toEqual(excused);
    });
  });
}

function uses(grant: Grant, call: Asked & { readonly status: number }, request: Asked): boolean {
  // Other services than S3 are known by their action alone.
  if (!request.action.startsWith('s3:')) return grant.action === request.action;
  // Without leave to list, S3 does not tell of an absent object that it is absent: it is used by every read of one.
  if (grant.unprefixed && grant.prefix !== null)
    return request.action === 's3:GetObject' && call.status === 404;
  return allows(grant, request);
}

/** The logical id of a function's role. */
function roleOf(template: Template, name: FunctionName): string {
  const found = Object.values(template.Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && String(Properties?.Description).endsWith(`: ${name}`),
  );
  const role = found?.Properties?.Role as { readonly 'Fn::GetAtt'?: readonly string[] } | undefined;
  const [id] = role?.['Fn::GetAtt'] ?? [];
  if (!id) throw new Error(`the template has no function ${name} with a role of its own`);
  return id;
}
