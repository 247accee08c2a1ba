import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/ssh-public-key.ts';
import { buildSshPublicKey, userArn } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [{ name: 'none', evidence: { 'iam.ssh-public-keys': [] } }],
  failing: [
    {
      name: 'active and inactive',
      evidence: {
        'iam.ssh-public-keys': [
          buildSshPublicKey({ keyId: 'APKA1' }),
          buildSshPublicKey({ keyId: 'APKA2', status: 'Inactive', uploadedAt: null }),
        ],
      },
      sightings: [
        { messageId: 'active', arn: `${userArn('alice')}/ssh-public-key/APKA1` },
        { messageId: 'inactive', arn: `${userArn('alice')}/ssh-public-key/APKA2` },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
