import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/root-access-key.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import {
  buildAccountSummary,
  buildCredentialReport,
  buildReportKey,
  buildRootRow,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const root = `arn:aws:iam::${exampleAccountId}:root`;

const cases = checkCases(check, {
  clean: [
    {
      name: 'no key',
      evidence: {
        'iam.account-summary': buildAccountSummary(),
        'iam.credential-report': buildCredentialReport(),
      },
    },
    { name: 'no credential report', evidence: { 'iam.account-summary': buildAccountSummary() } },
  ],
  failing: [
    {
      name: 'summary shows a key',
      evidence: { 'iam.account-summary': buildAccountSummary({ rootAccessKeysPresent: true }) },
      sightings: [{ messageId: 'present', arn: root }],
    },
    {
      name: 'only the older report shows a key',
      evidence: {
        'iam.account-summary': buildAccountSummary(),
        'iam.credential-report': buildCredentialReport({
          rows: [buildRootRow({ accessKeys: [buildReportKey(1, { active: true }), buildReportKey(2)] })],
        }),
      },
      sightings: [{ messageId: 'reportOnly', arn: root }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
