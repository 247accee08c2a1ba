import { describe, expect, test } from '@jest/globals';
import administrators from '../../../src/derive/identity-center-administrators.ts';
import type { AccountAssignment, PermissionSet } from '../../../src/model/evidence/identity-center.ts';
import { adminDocument, readOnlyDocument } from '../../../src/testing/builders/iam.ts';
import { organizationContext } from './derivation-contexts.ts';

const instanceArn = 'arn:aws:sso:::instance/ssoins-1111222233334444';

function set(name: string, fields: Partial<PermissionSet>): PermissionSet {
  return {
    arn: `arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-${name}`,
    instanceArn,
    name,
    description: null,
    createdAt: null,
    sessionDuration: 'PT1H',
    relayState: null,
    managedPolicies: [],
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: { kind: 'none' },
    provisionedAccounts: [],
    ...fields,
  };
}

const managed = (name: string, owner = 'aws') => ({
  managedPolicies: [{ arn: `arn:aws:iam::${owner}:policy/${name}`, name }],
});

const stamps = { createdAt: null, createdBy: null, updatedAt: null, updatedBy: null };
const user = (id: string, userName: string) => ({
  id,
  userName,
  identityStoreId: 'd-1111222233',
  status: null,
  externalIssuers: [],
  ...stamps,
});

function compute(
  permissionSet: PermissionSet,
  assignment: Pick<AccountAssignment, 'principalType' | 'principalId'>,
  seesDirectory = true,
) {
  return administrators.compute(
    {
      'identity-center.permission-sets': [permissionSet],
      'identity-center.assignments': [
        { accountId: '444455556666', permissionSetArn: permissionSet.arn, ...assignment },
      ],
      'identity-store.users': seesDirectory ? [user('u-1', 'alice'), user('u-2', 'bob')] : null,
      'identity-store.groups': seesDirectory
        ? [{ id: 'g-1', identityStoreId: 'd-1111222233', displayName: 'admins', ...stamps }]
        : null,
      'identity-store.memberships': seesDirectory
        ? ['u-2', 'u-1'].map((userId) => ({
            id: `m-${userId}`,
            groupId: 'g-1',
            userId,
            createdAt: null,
            createdBy: null,
          }))
        : null,
    },
    organizationContext,
  );
}

const direct = { principalType: 'USER', principalId: 'u-1' } as const;
const byGroup = { principalType: 'GROUP', principalId: 'g-1' } as const;

describe('Identity Center administrators', () => {
  test.each([
    ['AdministratorAccess', set('a', managed('AdministratorAccess'))],
    ['IAMFullAccess', set('a', managed('IAMFullAccess'))],
    ['an inline policy', set('a', { inlinePolicy: adminDocument })],
    ['an inline policy that cannot be read', set('a', { inlinePolicy: '{' })],
  ])('hold a permission set with %s', (_name, permissionSet) => {
    expect(compute(permissionSet, direct)).toMatchObject([
      { permissionSetName: 'a', accountId: '444455556666', principalName: 'alice', users: [{ id: 'u-1' }] },
    ]);
  });

  test.each([
    ['no policy', set('a', {})],
    ['ReadOnlyAccess', set('a', managed('ReadOnlyAccess'))],
    ['a customer policy of a great name', set('a', managed('AdministratorAccess', '111122223333'))],
    ['a small inline policy', set('a', { inlinePolicy: readOnlyDocument })],
  ])('are not those with %s', (_name, permissionSet) => {
    expect(compute(permissionSet, direct)).toEqual([]);
  });

  test('are told through groups, with every member', () => {
    expect(compute(set('a', managed('AdministratorAccess')), byGroup)).toMatchObject([
      {
        principalName: 'admins',
        users: [
          { id: 'u-1', userName: 'alice' },
          { id: 'u-2', userName: 'bob' },
        ],
      },
    ]);
  });

  test('are told without names while the directory was not seen', () => {
    expect(compute(set('a', managed('AdministratorAccess')), byGroup, false)).toMatchObject([
      { principalId: 'g-1', principalName: null, users: [] },
    ]);
  });
});
