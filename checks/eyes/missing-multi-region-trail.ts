import { defineCheck } from '../../src/model/check.ts';
import { accountSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/missing-multi-region-trail',
    title: 'A trail that is logging covers every region',
    failureTitle: 'No trail that is logging covers every region',
    description:
      'A trail of one region does not see the others, and intruders work where nobody looks. Global services such as IAM log in one region only. One multi-region trail that logs, the organization’s or the account’s own, is enough.',
    kind: 'hardening',
    severity: 'high',
    scope: 'account',
    requires: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      none: 'None of the {trails} trails visible in account {account} is multi-region and logging.',
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'A multi-region trail also covers regions that are switched on later.',
      cautions: [],
    },
    techniques: ['T1685.002', 'T1535'],
    frameworks: {
      'CIS AWS 7.0': ['4.1'],
      'NIST 800-53 r5': ['AU-2', 'AU-12'],
      'NIST CSF 2.0': ['PR.PS-04', 'DE.CM-09'],
    },
    references: [
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence, { unit }) {
    const trails = evidence['cloudtrail.trails'];
    if (!trails.some(({ multiRegion, logging }) => multiRegion && logging)) {
      const subject = accountSubject(unit);
      yield { messageId: 'none', subject, data: { account: subject.name, trails: trails.length } };
    }
  },
});
