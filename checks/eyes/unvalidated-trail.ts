import { defineCheck } from '../../src/model/check.ts';
import { trailSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/unvalidated-trail',
    title: 'Every trail signs its log files',
    failureTitle: 'Trail does not validate its log files',
    description:
      'With validation on, CloudTrail writes signed digests that prove which log files it delivered. Without them nobody can tell whether a file was removed or rewritten, so the log is weak evidence. Switching it off is a step before tampering with the files.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'changed-since-baseline': 'high', 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails',
    messages: { off: 'Log file validation of trail {trail} is off.' },
    remediation: {
      actions: ['trail.restore'],
      why: 'From then on every delivered file is covered by a signed digest.',
      cautions: ['The chain of digests starts anew: validate the older files up to the hole.'],
    },
    techniques: ['T1685.002', 'T1070'],
    frameworks: {
      'CIS AWS 7.0': ['4.2'],
      'NIST 800-53 r5': ['AU-9', 'AU-9(3)'],
      'NIST CSF 2.0': ['PR.PS-04'],
    },
    references: [
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence) {
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      if (!trail.logFileValidation) {
        yield {
          messageId: 'off',
          subject: trailSubject(trail),
          data: { trail: trail.name },
          evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}/logFileValidation` }],
        };
      }
    }
  },
});
