import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/sleeping-policy-version.ts';
import {
  adminDocument,
  buildAuthorizationDetails,
  buildManagedPolicy,
  buildPolicyVersion,
  readOnlyDocument,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const { arn } = buildManagedPolicy();
const evidence = (...versions: readonly ReturnType<typeof buildPolicyVersion>[]) => ({
  'iam.authorization-details': buildAuthorizationDetails({ policies: [buildManagedPolicy({ versions })] }),
});
const stored = (document: string) => buildPolicyVersion({ versionId: 'v2', isDefault: false, document });
const conditionalDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
});

const cases = checkCases(check, {
  clean: [
    { name: 'one version', evidence: evidence(buildPolicyVersion()) },
    { name: 'narrow versions', evidence: evidence(buildPolicyVersion(), stored(readOnlyDocument)) },
    {
      name: 'the effective version is as wide',
      evidence: evidence(buildPolicyVersion({ document: adminDocument }), stored(adminDocument)),
    },
    {
      name: 'a policy of AWS',
      evidence: {
        'iam.authorization-details': buildAuthorizationDetails({
          policies: [
            buildManagedPolicy({ awsManaged: true, versions: [buildPolicyVersion(), stored(adminDocument)] }),
          ],
        }),
      },
    },
  ],
  failing: [
    {
      name: 'a wide version in store',
      evidence: evidence(buildPolicyVersion(), stored(adminDocument)),
      sightings: [{ messageId: 'administrator', arn }],
    },
    {
      name: 'wide under a condition',
      evidence: evidence(buildPolicyVersion(), stored(conditionalDocument)),
      sightings: [{ messageId: 'conditional', arn }],
    },
    {
      name: 'no document at all',
      evidence: evidence(buildPolicyVersion(), stored('no JSON')),
      sightings: [{ messageId: 'unreadable', arn }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
