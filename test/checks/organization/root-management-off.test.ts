import { test } from '@jest/globals';
import check from '../../../checks/organization/root-management-off.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const features = (trustedAccess: boolean, ...enabled: readonly string[]) => ({
  'iam.organizations-features': { trustedAccess, enabled },
});
const arn = 'iam.amazonaws.com';

const cases = checkCases(check, {
  clean: [{ name: 'both features', evidence: features(true, 'RootCredentialsManagement', 'RootSessions') }],
  failing: [
    {
      name: 'no trusted access',
      evidence: features(false),
      sightings: [{ messageId: 'noTrustedAccess', arn }],
    },
    {
      name: 'trusted access was there',
      evidence: features(false),
      context: { baseline: buildBaselineView([buildBaselineEntry({ type: 'trusted-service', id: arn })]) },
      sightings: [{ messageId: 'lostTrustedAccess', arn }],
    },
    {
      name: 'neither feature',
      evidence: features(true),
      sightings: [{ messageId: 'credentials', arn }],
    },
    {
      name: 'sessions only are off',
      evidence: features(true, 'RootCredentialsManagement'),
      sightings: [{ messageId: 'sessionsOnly', arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
