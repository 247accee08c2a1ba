import { expect, test } from '@jest/globals';
import organizationsFeatures from '../../../../../src/collect/collectors/iam/organizations-features.ts';
import { failure } from '../../../../support/fake-reader.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('lists the enabled features', async () => {
  const { value } = await outcomeOf(organizationsFeatures);
  expect(value).toEqual({ trustedAccess: true, enabled: ['RootCredentialsManagement', 'RootSessions'] });
});

test.each([
  'ServiceAccessNotEnabledException',
  'OrganizationNotFoundException',
  'OrganizationNotInAllFeaturesModeException',
])('%s is the answer that trusted access is off', async (name) => {
  const { state, value } = await outcomeOf(organizationsFeatures, {
    ListOrganizationsFeatures: failure(name),
  });
  expect({ state, value }).toEqual({ state: 'complete', value: { trustedAccess: false, enabled: [] } });
});

test.each(['AccountNotManagementOrDelegatedAdministratorException', 'AccessDenied'])(
  '%s is a gap',
  async (name) => {
    const { state } = await outcomeOf(organizationsFeatures, { ListOrganizationsFeatures: failure(name) });
    expect(state).toBe('missing');
  },
);
