import { describe, expect, test } from '@jest/globals';
import type { AnyCollector } from '../../../src/collect/define-collector.ts';
import { loadCollectors } from '../../../src/collect/load-collectors.ts';
import { type PolicyRole, policiesFor, trustPolicy } from '../../../src/collect/permissions.ts';
import { renderPermissions } from '../../../src/collect/render-permissions.ts';
import { fakeCollector } from '../../support/collect-bench.ts';

const options = { partition: 'aws', roleNames: ['audit'] };
const roles: readonly PolicyRole[] = ['caller', 'management', 'delegated-administrator', 'member'];
const collectors = await loadCollectors();

function actions(role: PolicyRole, from: readonly AnyCollector[] = collectors): readonly string[] {
  return policiesFor(role, from, options).flatMap(({ document }) =>
    document.Statement.flatMap((statement) => statement.Action),
  );
}

describe('the policies of all collectors', () => {
  test.each(roles)('%s: fits, has unique names and Sids, and allows nothing but reads', (role) => {
    const policies = policiesFor(role, collectors, options);
    expect(policies.length).toBeGreaterThan(0);
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
    for (const { document } of policies) {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
      const sids = document.Statement.map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
      expect(sids.every((sid) => /^[A-Za-z0-9]+$/.test(sid))).toBe(true);
    }
    const verbs =
      /:(?:Get|List|Describe|LookupEvents$|GenerateCredentialReport$|AssumeRole$)|^apigateway:GET$/;
    expect(actions(role).filter((action) => !verbs.test(action))).toEqual([]);
    expect(actions(role).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('management may do all that any collector declares', () => {
    const declared = new Set(
      collectors.flatMap(({ operations }) => operations.map(({ permission }) => permission)),
    );
    expect(declared.size).toBeGreaterThan(50);
    const allowed = new Set(actions('management'));
    expect([...declared].filter((permission) => !allowed.has(permission))).toEqual([]);
  });

  test('a member reads itself and not the organization', () => {
    const member = actions('member');
    expect(member).toEqual(
      expect.arrayContaining([
        'iam:GetAccountAuthorizationDetails',
        'lambda:ListFunctions',
        'organizations:ListHandshakesForAccount',
      ]),
    );
    expect(member).not.toContain('organizations:ListPolicies');
    expect(member).not.toContain('sso:ListPermissionSets');
    expect(member).not.toContain('sts:AssumeRole');
  });

  test('API Gateway is allowed by path, in the partition', () => {
    const statements = policiesFor('member', collectors, { ...options, partition: 'aws-cn' }).flatMap(
      ({ document }) => document.Statement,
    );
    const paths = statements
      .filter(({ Action }) => Action.includes('apigateway:GET'))
      .flatMap(({ Resource }) => Resource);
    expect(paths).toContain('arn:aws-cn:apigateway:*::/restapis');
    expect(paths.filter((path) => !path.startsWith('arn:aws-cn:apigateway:'))).toEqual([]);
  });

  test('the caller finds the scope and assumes the named roles, nothing more', () => {
    const [policy] = policiesFor('caller', collectors, options);
    expect(policy?.document.Statement.at(-1)).toEqual({
      Sid: 'AssumeSweepRoles',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: ['arn:aws:iam::*:role/audit'],
    });
    expect(actions('caller').filter((action) => action.startsWith('iam:'))).toEqual([]);
  });
});

test('a policy that is too long is split without losing an action', () => {
  const permissions = Array.from(
    { length: 400 },
    (_unused, index) => `iam:ListSomethingWithALongName${index}`,
  );
  const collector = fakeCollector('iam.account-summary', () => ({}), {
    operations: permissions.map((permission, index) => ({
      service: 'iam',
      command: `List${index}`,
      permission,
    })),
  });
  const policies = policiesFor('member', [collector], options);
  expect(policies.length).toBeGreaterThan(1);
  expect(policies.map(({ name }) => name).slice(0, 2)).toEqual(['AfterleakMember', 'AfterleakMember2']);
  for (const { document } of policies) {
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
  }
  expect(
    actions('member', [collector])
      .filter((action) => action.startsWith('iam:'))
      .toSorted(),
  ).toEqual(permissions.toSorted());
});

describe('formats', () => {
  const policies = policiesFor('member', [fakeCollector('iam.account-summary', () => ({}))], options);

  test('JSON', () => {
    expect(JSON.parse(renderPermissions(policies, 'json'))).toEqual({
      AfterleakMember: policies[0]?.document,
    });
  });

  test('CloudFormation', () => {
    expect(JSON.parse(renderPermissions(policies, 'cloudformation'))).toMatchObject({
      Resources: {
        AfterleakMember: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: policies[0]?.document },
        },
      },
    });
  });

  test('Terraform', () => {
    const text = renderPermissions(policies, 'terraform');
    expect(text).toContain('resource "aws_iam_policy" "afterleak_member" {');
    const document = /<<-JSON\n([\s\S]*?)\n {2}JSON/.exec(text)?.[1];
    expect(JSON.parse(document ?? '')).toEqual(policies[0]?.document);
  });

  test('the trust policy asks for the external id', () => {
    expect(trustPolicy('arn:aws:iam::111122223333:role/hub', 'outside-1')).toMatchObject({
      Statement: [
        {
          Principal: { AWS: 'arn:aws:iam::111122223333:role/hub' },
          Condition: { StringEquals: { 'sts:ExternalId': 'outside-1' } },
        },
      ],
    });
    expect(JSON.stringify(trustPolicy('arn:aws:iam::111122223333:role/hub'))).not.toContain('Condition');
  });
});
