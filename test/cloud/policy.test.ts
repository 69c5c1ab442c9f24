import { allows, type Grant, grantsOf, isLike } from './support/policy.ts';
import type { Template } from './support/template.ts';

const bucket = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const template: Template = {
  Resources: {
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: {
          Statement: [
            {
              Sid: 'Read',
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: [
                { 'Fn::Join': ['', [bucket, '/jobs/*']] },
                { 'Fn::Join': ['', [bucket, '/models/*/current.json']] },
              ],
            },
            {
              Sid: 'List',
              Effect: 'Allow',
              Action: 's3:ListBucket',
              Resource: bucket,
              Condition: { StringLike: { 's3:prefix': 'jobs/*' } },
            },
          ],
        },
      },
    },
  },
};

describe('the reading of a role’s policies', () => {
  const grants = grantsOf(template, 'Role');
  const allowed = (action: string, resource: string, prefix: string | null = null) =>
    grants.filter((grant) => allows(grant, { action, resource, prefix })).map(({ sid }: Grant) => sid);

  test('takes a statement apart into single grants', () => {
    expect(grants.map(({ action, resource, prefix }) => [action, resource, prefix])).toEqual([
      ['s3:GetObject', '<Bucket>/jobs/*', null],
      ['s3:GetObject', '<Bucket>/models/*/current.json', null],
      ['s3:ListBucket', '<Bucket>', 'jobs/*'],
    ]);
    expect(grantsOf(template, 'Another')).toEqual([]);
  });

  test('allows what the patterns say and nothing else', () => {
    expect(allowed('s3:GetObject', '<Bucket>/jobs/a/b.json')).toEqual(['Read']);
    expect(allowed('s3:GetObject', '<Bucket>/models/a/current.json')).toEqual(['Read']);
    expect(allowed('s3:GetObject', '<Bucket>/models/a/bundle.json')).toEqual([]);
    expect(allowed('s3:PutObject', '<Bucket>/jobs/a/b.json')).toEqual([]);
    expect(allowed('s3:GetObject', '<Other>/jobs/a/b.json')).toEqual([]);
    expect(allowed('s3:ListBucket', '<Bucket>', 'jobs/a/')).toEqual(['List']);
    expect(allowed('s3:ListBucket', '<Bucket>', '')).toEqual([]);
    expect(allowed('s3:ListBucket', '<Bucket>')).toEqual([]);
  });

  test('takes * for any characters, ? for one, and all others for themselves', () => {
    expect(isLike('a/b.json', 'a/*.json')).toBe(true);
    expect(isLike('a/bxjson', 'a/*.json')).toBe(false);
    expect(isLike('secret-abcdef', 'secret-??????')).toBe(true);
    expect(isLike('secret-abc', 'secret-??????')).toBe(false);
  });
});
