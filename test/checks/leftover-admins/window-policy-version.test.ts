import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/window-policy-version.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import {
  buildAuthorizationDetails,
  buildManagedPolicy,
  buildPolicyVersion,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const { arn } = buildManagedPolicy();
const evidence = (...versions: readonly ReturnType<typeof buildPolicyVersion>[]) => ({
  'iam.authorization-details': buildAuthorizationDetails({ policies: [buildManagedPolicy({ versions })] }),
});
const createdAt = '2026-11-03T10:00:00.000Z';
const context = { incident: buildIncident() };

const cases = checkCases(check, {
  clean: [{ name: 'written before', evidence: evidence(buildPolicyVersion()), context }],
  failing: [
    {
      name: 'made, rewritten and stored in the window',
      evidence: evidence(
        buildPolicyVersion({ createdAt, isDefault: false }),
        buildPolicyVersion({ createdAt, versionId: 'v2' }),
        buildPolicyVersion({ createdAt, versionId: 'v3', isDefault: false }),
      ),
      context,
      sightings: [
        { messageId: 'made', arn },
        { messageId: 'effective', arn },
        { messageId: 'stored', arn },
      ],
    },
  ],
  notApplicable: [{ name: 'no incident', evidence: evidence() }],
});

for (const { name, run } of cases) {
  test(name, run);
}
