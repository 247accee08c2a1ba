import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/stale-credential-report.ts';
import { buildIncident, exampleAccountId } from '../../../src/testing/builders/account.ts';
import {
  buildAccessKey,
  buildCredentialReport,
  buildCredentialReportRow,
  buildReportKey,
  buildRootRow,
  userArn,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const second = 'AKIAI44QH8DHBEXAMPLE';
const report = buildCredentialReport({
  rows: [
    buildRootRow(),
    buildCredentialReportRow({ accessKeys: [buildReportKey(1, { active: true }), buildReportKey(2)] }),
  ],
});

const cases = checkCases(check, {
  clean: [
    {
      name: 'no keys',
      evidence: { 'iam.credential-report': buildCredentialReport(), 'iam.access-keys': [] },
    },
    {
      name: 'both agree',
      evidence: { 'iam.credential-report': report, 'iam.access-keys': [buildAccessKey()] },
    },
    {
      name: 'made after the containment',
      evidence: { 'iam.credential-report': report, 'iam.access-keys': [buildAccessKey()] },
      context: { incident: buildIncident({ milestones: { contained: '2026-11-03T12:00:00.000Z' } }) },
    },
  ],
  failing: [
    {
      name: 'a key was made after the report',
      evidence: {
        'iam.credential-report': report,
        'iam.access-keys': [buildAccessKey(), buildAccessKey({ accessKeyId: second })],
      },
      sightings: [{ messageId: 'activeKeys', arn: userArn('alice') }],
    },
    {
      name: 'a key was deleted after the report',
      evidence: { 'iam.credential-report': report, 'iam.access-keys': [] },
      sightings: [{ messageId: 'activeKeys', arn: userArn('alice') }],
    },
    {
      name: 'the user is younger than the report',
      evidence: {
        'iam.credential-report': report,
        'iam.access-keys': [buildAccessKey(), buildAccessKey({ accessKeyId: second, userName: 'bob' })],
      },
      sightings: [{ messageId: 'userMissing', arn: userArn('bob') }],
    },
    {
      name: 'made before the containment',
      evidence: { 'iam.credential-report': report, 'iam.access-keys': [buildAccessKey()] },
      context: { incident: buildIncident({ milestones: { contained: '2026-11-03T23:00:00.000Z' } }) },
      sightings: [{ messageId: 'beforeContainment', arn: `arn:aws:iam::${exampleAccountId}:root` }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
