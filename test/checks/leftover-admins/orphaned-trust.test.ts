import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/orphaned-trust.ts';
import { roleArn } from '../../../src/testing/builders/iam.ts';
import { buildPrincipal, buildTrustGrant } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const orphan = buildTrustGrant({
  principalKind: 'orphaned',
  principal: 'AIDACKCEVSQ6C2EXAMPLE',
  accountId: null,
});

const cases = checkCases(check, {
  clean: [
    {
      name: 'a living principal',
      evidence: { principals: [buildPrincipal({ trust: [buildTrustGrant()] })] },
    },
  ],
  failing: [
    {
      name: 'two statements, one deleted principal',
      evidence: { principals: [buildPrincipal({ trust: [orphan, orphan] })] },
      sightings: [{ messageId: 'deleted', arn: roleArn('application') }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
