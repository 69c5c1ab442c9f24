import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type FunctionName, functionNames } from '../../infra/props.ts';
import { TidecastStack, type TidecastStackProps } from '../../infra/stack.ts';

/** The app with one stack of that name, its functions not bundled. */
export function makeApp(props: TidecastStackProps = {}, name = 'Test'): { app: App; stack: TidecastStack } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return { app, stack: new TidecastStack(app, name, props) };
}

export const templateOf = (props?: TidecastStackProps): Template => Template.fromStack(makeApp(props).stack);

/** Whatever CloudFormation defines. */
type Properties = ReturnType<Template['findResources']>[string][string];
export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
}

/** Resources of a type; `part` is looked for in their ids. */
export const resources = (template: Template, type: string, part = ''): Resource[] =>
  Object.entries(template.findResources(type))
    .map(([id, resource]) => ({ id, ...(resource as Omit<Resource, 'id'>) }))
    .filter(({ id }) => id.includes(part));

/** The only resource of a type, or the only one with `part` in its id. */
export function only(template: Template, type: string, part = ''): Resource {
  const [first, ...others] = resources(template, type, part);
  if (!first || others.length > 0) {
    throw new Error(`one ${type} with "${part}" is expected, got ${others.length + (first ? 1 : 0)}`);
  }
  return first;
}

/** The id of a function's resource, role or log: their construct is named after it. */
const pathOf = (name: FunctionName): string => {
  const parent = { forecast: 'Serving', manage: 'Serving', export: 'Exports' }[name as string] ?? 'Training';
  return `Tidecast${parent}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
};

export const functionOf = (template: Template, name: FunctionName): Resource =>
  only(template, 'AWS::Lambda::Function', pathOf(name));

/** All functions, by name. */
export const functionsOf = (template: Template): Resource[] =>
  functionNames.map((name) => functionOf(template, name));

/** One action on one resource, with the condition under which it is allowed. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly condition?: unknown;
}

/** The state machines' roles. */
export type MachineRole = 'TrainingMachineRole' | 'ExportsMachineRole';

/** Everything that the role at `path` may do: a function's name, or part of a role's id. */
export function grants(template: Template, path: FunctionName | MachineRole): Grant[] {
  const part = path.endsWith('MachineRole') ? path : `${pathOf(path as FunctionName)}Role`;
  return resources(template, 'AWS::IAM::Policy', part).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.flatMap((statement: Properties) =>
      several(statement.Action).flatMap((action) =>
        several(statement.Resource).map((resource) => ({
          action: String(action),
          resource: spell(resource),
          ...(statement.Condition && { condition: statement.Condition }),
        })),
      ),
    ),
  );
}

const several = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** A value with `<Resource.Attribute>` where the template refers to another resource. */
export function spell(value: unknown): string {
  if (typeof value === 'string') return value;
  const [intrinsic = '', part] = Object.entries(value ?? {})[0] ?? [];
  if (intrinsic === 'Fn::Join') return part[1].map(spell).join(part[0]);
  if (intrinsic === 'Fn::GetAtt') return `<${part.join('.')}>`;
  return `<${part}>`;
}

/** Whether one of the grants covers an action on a key of the bucket, or a list of a prefix. */
export function may(all: readonly Grant[], action: string, key: string): boolean {
  return all.some(({ action: allowed, resource, condition }) => {
    if (allowed !== action) return false;
    if (action !== 's3:ListBucket') return matches(resource.replace(/^<[^>]*Bucket[^>]*>\//, ''), key);
    const prefixes = Object.values(condition ?? {}).flatMap((each) => several(each['s3:prefix']));
    return prefixes.some((pattern) => matches(String(pattern), key));
  });
}

const matches = (pattern: string, key: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escapeText).join('.*')}$`).test(key);

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
