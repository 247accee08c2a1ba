import { describe, expect, test } from '@jest/globals';
import permissionSets from '../../../../../src/collect/collectors/identity-center/permission-sets.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, failure, fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import {
  dependencies,
  identityCenterAnswers,
  instanceArn,
  permissionSetArn,
  unit,
} from './identity-center-answers.ts';

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...identityCenterAnswers, ...changes }, unit);
  return {
    reader,
    observation: await permissionSets.collect(fakeCollectContext(reader, dependencies, unit)),
  };
};

const notFound = failure('ResourceNotFoundException');

describe('identity-center.permission-sets', () => {
  test('reads everything about a set in the region of its instance', async () => {
    const { reader, observation } = await collect();
    expect(reader.calls).toHaveLength(7);
    expect(new Set(reader.calls.map(({ options }) => options.region))).toEqual(new Set(['eu-central-1']));
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          arn: permissionSetArn,
          instanceArn,
          name: 'Admin',
          sessionDuration: 'PT12H',
          createdAt: '2026-11-03T10:00:00.000Z',
          managedPolicies: [
            { arn: 'arn:aws:iam::aws:policy/AdministratorAccess', name: 'AdministratorAccess' },
          ],
          customerManagedPolicies: [{ name: 'extra', path: '/ops/' }],
          inlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
          permissionsBoundary: { kind: 'aws-managed', arn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
          provisionedAccounts: ['111122223333', '444455556666'],
        },
      ],
    });
  });

  test('what a set does not have is known to be absent', async () => {
    const { observation } = await collect({
      DescribePermissionSet: output({ PermissionSet: { Name: 'Plain' } }),
      GetInlinePolicyForPermissionSet: output({ InlinePolicy: '' }),
      GetPermissionsBoundaryForPermissionSet: notFound,
      ListAccountsForProvisionedPermissionSet: notFound,
    });
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          sessionDuration: 'PT1H',
          inlinePolicy: null,
          permissionsBoundary: { kind: 'none' },
          provisionedAccounts: [],
        },
      ],
    });
  });

  test('tells the boundary of the customer', async () => {
    const { observation } = await collect({
      GetPermissionsBoundaryForPermissionSet: output({
        PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'limit', Path: '/' } },
      }),
    });
    expect(observation).toMatchObject({
      value: [{ permissionsBoundary: { kind: 'customer-managed', name: 'limit', path: '/' } }],
    });
  });

  test.each([
    'GetInlinePolicyForPermissionSet',
    'DescribePermissionSet',
    'ListManagedPoliciesInPermissionSet',
  ])('a refusal of %s names the set', async (command) => {
    const { observation } = await collect({ [command]: denied() });
    expect(observation).toMatchObject({
      state: 'partial',
      gaps: [{ reason: 'access-denied', resource: permissionSetArn }],
    });
  });

  test('keeps an inline policy that is no JSON, with a gap', async () => {
    const { observation } = await collect({ GetInlinePolicyForPermissionSet: output({ InlinePolicy: '{' }) });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ inlinePolicy: '{' }],
      gaps: [{ reason: 'malformed', resource: permissionSetArn }],
    });
  });

  test('reads two pages of sets and sorts them', async () => {
    const { observation } = await collect({
      ListPermissionSets: pages(
        { PermissionSets: [`${permissionSetArn}2`], NextToken: '2' },
        { PermissionSets: [permissionSetArn] },
      ),
    });
    expect(observation).toMatchObject({
      state: 'complete',
      value: [{ arn: permissionSetArn }, { arn: `${permissionSetArn}2` }],
    });
  });
});
