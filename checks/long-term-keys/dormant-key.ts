import { daysBetween } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/dormant-key',
    title: 'Every active access key has been used',
    failureTitle: 'Active access key was never used',
    description:
      'A key that nobody ever used is either forgotten or kept for later. Intruders make such keys as sleepers: they cause no traffic, and checks for unused keys pass them for weeks. Nothing breaks when a key without any use is deactivated.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'active access keys',
    messages: {
      neverUsed: 'Access key {key} of user {user} was made {ageDays} days ago ({createdAt}) and never used.',
    },
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'No workload depends on a key that was never used.',
      cautions: [
        'Use within the last hours may not be recorded yet: read the last use again before deleting.',
      ],
    },
    techniques: ['T1098.001'],
    frameworks: {
      'NIST 800-53 r5': ['AC-2(3)', 'IA-5'],
      'NIST CSF 2.0': ['PR.AA-01'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.access-keys'].filter(({ status }) => status === 'Active').length,
  *evaluate(evidence, context) {
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (key.status !== 'Active' || key.lastUsed !== null) {
        continue;
      }
      yield {
        messageId: 'neverUsed',
        subject: accessKeySubject(key),
        data: {
          key: key.accessKeyId,
          user: key.userName,
          ageDays: daysBetween(key.createdAt, context.asOf),
          createdAt: key.createdAt,
        },
        signals: [{ code: 'never-used', fact: 'no use is recorded', source: 'iam.access-keys' }],
        evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
      };
    }
  },
});
