import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/rolled-back-policy.ts';
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

const cases = checkCases(check, {
  clean: [
    { name: 'one version', evidence: evidence(buildPolicyVersion()) },
    {
      name: 'the newest is effective',
      evidence: evidence(
        buildPolicyVersion({ versionId: 'v9', isDefault: false }),
        buildPolicyVersion({ versionId: 'v10' }),
      ),
    },
    { name: 'no effective version', evidence: evidence() },
  ],
  failing: [
    {
      name: 'an older one is effective',
      evidence: evidence(buildPolicyVersion(), buildPolicyVersion({ versionId: 'v2', isDefault: false })),
      sightings: [{ messageId: 'older', arn }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
