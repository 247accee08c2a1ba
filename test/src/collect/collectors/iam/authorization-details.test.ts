import { expect, test } from '@jest/globals';
import authorizationDetails from '../../../../../src/collect/collectors/iam/authorization-details.ts';
import closingAuthorizationDetails from '../../../../../src/collect/collectors/iam/closing-authorization-details.ts';
import { failure, output, type Reply } from '../../../../support/fake-reader.ts';
import { recordedOutput } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';
import { policyDocument } from '../support/small-organization.ts';

test('reads all pages, decodes documents and sorts by ARN', async () => {
  const { value } = await outcomeOf(authorizationDetails);
  expect(value).toMatchObject({
    users: [
      {
        name: 'ada',
        groups: ['admins', 'readers'],
        createdAt: '2025-01-02T03:04:05.000Z',
        inlinePolicies: [
          { name: 'first', document: policyDocument },
          { name: 'second', document: policyDocument },
        ],
        tags: [{ key: 'owner' }, { key: 'team' }],
        permissionsBoundaryArn: null,
      },
      { name: 'zoe' },
    ],
    groups: [{ attachedPolicies: [{ name: 'AdministratorAccess' }] }],
    roles: [
      {
        trustPolicy: policyDocument,
        permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
        instanceProfileArns: ['arn:aws:iam::111122223333:instance-profile/deploy'],
        lastUsed: { at: '2025-01-02T03:04:05.000Z', region: 'eu-west-1' },
      },
    ],
    policies: [
      { awsManaged: false, boundaryUsageCount: 1, versions: [{ versionId: 'v9' }, { versionId: 'v10' }] },
      { awsManaged: true, boundaryUsageCount: 0 },
    ],
  });
});

test('the closing reading is the same one, made last', async () => {
  expect(closingAuthorizationDetails.closing).toBe(true);
  const first = await outcomeOf(authorizationDetails);
  const closing = await outcomeOf(closingAuthorizationDetails);
  expect(closing.observation).toEqual(first.observation);
});

const made = new Date('2025-01-02T03:04:05Z');
const role = {
  Arn: 'arn:aws:iam::111122223333:role/odd',
  RoleName: 'odd',
  Path: '/',
  RoleId: 'AROAEXAMPLE',
  CreateDate: made,
  AssumeRolePolicyDocument: '%7B%22Version',
};
const policy = {
  Arn: 'arn:aws:iam::111122223333:policy/odd',
  Path: '/',
  PolicyId: 'ANPAEXAMPLE',
  CreateDate: made,
  UpdateDate: made,
  AttachmentCount: 0,
};

const gapsWith = async (answer: object) =>
  outcomeOf(authorizationDetails, { GetAccountAuthorizationDetails: output(answer) });

test('an undecodable document stays as raw text, with a gap that names its place', async () => {
  const { state, value, gaps } = await gapsWith({ RoleDetailList: [role] });
  expect(state).toBe('partial');
  expect(value).toMatchObject({ roles: [{ trustPolicy: '%7B%22Version' }] });
  expect(gaps).toMatchObject([{ reason: 'malformed', resource: `${role.Arn} trust policy` }]);
});

test('a role never used has no last use', async () => {
  const { value } = await gapsWith({ RoleDetailList: [{ ...role, RoleLastUsed: {} }] });
  expect(value).toMatchObject({ roles: [{ lastUsed: null }] });
});

test('a policy without a default version is a gap', async () => {
  const { gaps } = await gapsWith({ Policies: [policy] });
  expect(gaps).toMatchObject([{ reason: 'malformed', resource: policy.Arn }]);
});

test('names a policy by its ARN where the answer does not', async () => {
  const { value } = await gapsWith({ Policies: [policy] });
  expect(value).toMatchObject({ policies: [{ name: 'odd' }] });
});

test.each([
  ['UserDetailList', 'user'],
  ['GroupDetailList', 'group'],
  ['RoleDetailList', 'role'],
  ['Policies', 'policy'],
])('an entry of %s without identity is a gap', async (list, resource) => {
  const { state, gaps } = await gapsWith({ [list]: [{ CreateDate: new Date(Number.NaN) }] });
  expect(state).toBe('partial');
  expect(gaps).toMatchObject([{ reason: 'malformed', resource }]);
});

test('a list that breaks off on the second page is partial', async () => {
  const replies: readonly Reply[] = [output({ RoleDetailList: [role] }), failure('Throttling')];
  const { state, gaps } = await outcomeOf(authorizationDetails, { GetAccountAuthorizationDetails: replies });
  expect(state).toBe('partial');
  expect(gaps).toContainEqual(expect.objectContaining({ reason: 'truncated' }));
});

test.each([
  ['authorization-details/iam-vulnerable-account.authz-details.json', 78, 'complete'],
  ['cloudmapper-demo-account/us-east-1/iam-get-account-authorization-details.json', 4, 'complete'],
] as const)('reads the recorded account %s', async (file, roles, state) => {
  const recorded = recordedOutput(...file.split('/'));
  const outcome = recorded === null ? null : await gapsWith(recorded);
  expect(outcome?.gaps ?? []).toEqual([]);
  expect(outcome?.state ?? state).toBe(state);
  const value = outcome?.value ?? { roles: { length: roles }, users: [] };
  expect(value).toHaveProperty('roles.length', roles);
});
