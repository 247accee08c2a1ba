import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/unattached-admin-policy.ts';
import {
  adminDocument,
  buildAuthorizationDetails,
  buildManagedPolicy,
  buildPolicyVersion,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const evidence = (...policies: readonly ReturnType<typeof buildManagedPolicy>[]) => ({
  'iam.authorization-details': buildAuthorizationDetails({ policies }),
});
const wide = (fields: Parameters<typeof buildManagedPolicy>[0] = {}) =>
  buildManagedPolicy({
    name: 'spare',
    attachmentCount: 0,
    versions: [buildPolicyVersion({ document: adminDocument })],
    ...fields,
  });

const cases = checkCases(check, {
  clean: [
    {
      name: 'narrow, attached, used as boundary, of AWS, without default version',
      evidence: evidence(
        buildManagedPolicy({ name: 'narrow', attachmentCount: 0 }),
        wide({ attachmentCount: 1 }),
        wide({ boundaryUsageCount: 1 }),
        wide({ awsManaged: true }),
        wide({ versions: [] }),
      ),
    },
  ],
  failing: [
    {
      name: 'wide and waiting',
      evidence: evidence(wide()),
      sightings: [{ messageId: 'unattached', arn: wide().arn }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
