import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/service-specific-credential.ts';
import { buildServiceSpecificCredential, userArn } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'none', evidence: { 'iam.service-specific-credentials': [] } }],
  failing: [
    {
      name: 'one of each kind',
      evidence: {
        'iam.service-specific-credentials': [
          buildServiceSpecificCredential({ credentialId: 'A', serviceName: 'bedrock.amazonaws.com' }),
          buildServiceSpecificCredential({
            credentialId: 'B',
            serviceName: 'logs.amazonaws.com',
            expiresAt: '2027-01-01T00:00:00.000Z',
          }),
          buildServiceSpecificCredential({ credentialId: 'C' }),
          buildServiceSpecificCredential({ credentialId: 'D', status: 'Inactive' }),
        ],
      },
      sightings: [
        { messageId: 'bedrock', arn: `${userArn('alice')}/service-specific-credential/A` },
        { messageId: 'logs', arn: `${userArn('alice')}/service-specific-credential/B` },
        { messageId: 'other', arn: `${userArn('alice')}/service-specific-credential/C` },
        { messageId: 'inactive', arn: `${userArn('alice')}/service-specific-credential/D` },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
