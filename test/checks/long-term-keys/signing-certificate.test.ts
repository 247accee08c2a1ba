import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/signing-certificate.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildAccountSummary, buildSigningCertificate, userArn } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [
    {
      name: 'none',
      evidence: { 'iam.signing-certificates': [], 'iam.account-summary': buildAccountSummary() },
    },
  ],
  failing: [
    {
      name: 'on users and on root',
      evidence: {
        'iam.signing-certificates': [
          buildSigningCertificate({ certificateId: 'A' }),
          buildSigningCertificate({ certificateId: 'B', status: 'Inactive', uploadedAt: null }),
        ],
        'iam.account-summary': buildAccountSummary({ rootSigningCertificatesPresent: true }),
      },
      sightings: [
        { messageId: 'active', arn: `${userArn('alice')}/signing-certificate/A` },
        { messageId: 'inactive', arn: `${userArn('alice')}/signing-certificate/B` },
        { messageId: 'root', arn: `arn:aws:iam::${exampleAccountId}:root` },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
