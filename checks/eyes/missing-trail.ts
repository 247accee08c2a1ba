import { defineCheck } from '../../src/model/check.ts';
import { accountSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/missing-trail',
    title: 'A trail records the account',
    failureTitle: 'No trail records the account',
    description:
      'Without a trail only the event history of the last 90 days tells what happened, one region at a time and without data events. Trails are the first thing an intruder deletes; the log files, the bucket and the event history stay.',
    kind: 'tampering',
    severity: 'high',
    scope: 'account',
    requires: ['cloudtrail.trails'],
    population: 'trails',
    messages: { none: 'No trail of its own or of the organization is visible in account {account}.' },
    remediation: {
      actions: ['trail.restore'],
      why: 'A trail keeps what the event history forgets.',
      cautions: ['Export the event history of the incident window first: it is lost after 90 days.'],
    },
    techniques: ['T1685.002'],
    frameworks: { 'CIS AWS 7.0': ['4.1'], 'NIST 800-53 r5': ['AU-2', 'AU-12'], 'NIST CSF 2.0': ['PR.PS-04'] },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-user-guide.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence, { unit }) {
    if (evidence['cloudtrail.trails'].length === 0) {
      const subject = accountSubject(unit);
      yield { messageId: 'none', subject, data: { account: subject.name } };
    }
  },
});
