import type { IamPolicy } from './permissions.ts';

export type PermissionFormat = 'json' | 'terraform' | 'cloudformation';

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([a-z])(\d)/g, '$1_$2')
    .toLowerCase();
}

/** A heredoc keeps the document readable; `${` would start an interpolation. */
function terraform(policies: readonly IamPolicy[]): string {
  return policies
    .map(
      (policy) => `resource "aws_iam_policy" "${snakeCase(policy.name)}" {
  name        = "${policy.name}"
  description = "${policy.description}"
  policy      = <<-JSON
${json(policy.document).replaceAll('${', '$$$${').replaceAll(/^/gm, '    ')}
  JSON
}
`,
    )
    .join('\n');
}

function cloudFormation(policies: readonly IamPolicy[]): string {
  const resources = policies.map((policy) => [
    policy.name,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: policy.name,
        Description: policy.description,
        PolicyDocument: policy.document,
      },
    },
  ]);
  const outputs = policies.map((policy) => [`${policy.name}Arn`, { Value: { Ref: policy.name } }]);
  return `${json({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Read-only policies for afterleak',
    Resources: Object.fromEntries(resources),
    Outputs: Object.fromEntries(outputs),
  })}\n`;
}

/** JSON gives one object: policy name to document. */
export function renderPermissions(policies: readonly IamPolicy[], format: PermissionFormat): string {
  switch (format) {
    case 'json':
      return `${json(Object.fromEntries(policies.map((policy) => [policy.name, policy.document])))}\n`;
    case 'terraform':
      return terraform(policies);
    case 'cloudformation':
      return cloudFormation(policies);
    default:
      return format satisfies never;
  }
}
