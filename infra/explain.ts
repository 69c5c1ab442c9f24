import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says why a rule of cdk-nag does not apply to `construct` and what is in it. */
export function explain(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** Says why a policy names `resource`, an ARN with a wildcard. */
export function explainWildcard(construct: IConstruct, resource: string, reason: string): void {
  explain(construct, `AwsSolutions-IAM5[Resource::${flat(Stack.of(construct).resolve(resource))}]`, reason);
}

/** An ARN in cdk-nag's spelling, with `<Bucket.Arn>` where a template refers to another resource. */
function flat(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null) return '';
  const [intrinsic = '', value] = Object.entries(part)[0] ?? [];
  if (intrinsic === 'Fn::Join' && Array.isArray(value)) return value[1].map(flat).join(value[0]);
  if (intrinsic === 'Fn::GetAtt' && Array.isArray(value)) return `<${value.join('.')}>`;
  return `<${value}>`;
}
