import { daysBetween } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/active-key',
    title: 'No IAM user has an active access key',
    failureTitle: 'IAM user has an active access key',
    description:
      'An access key is a secret that never expires: whoever copied it can sign requests until somebody deactivates it, from any network and without MFA. Leaked keys are how most AWS incidents begin. Roles and Identity Center give workloads and people temporary credentials instead.',
    kind: 'hardening',
    severity: 'medium',
    raise: {
      'in-window': 'high',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'access keys',
    messages: {
      used: 'Access key {key} of user {user} is active; it is {ageDays} days old and was last used {idleDays} days ago for {service} in {region}.',
      unused:
        'Access key {key} of user {user} is active; it is {ageDays} days old and no use of it is recorded.',
    },
    remediation: {
      actions: ['access-key.deactivate', 'access-key.rotate'],
      why: 'A workload that uses a role has no long-term secret that could leak again.',
      cautions: [
        'Find the workload behind the key by its last used service and region first.',
        'Deactivate, watch for failures, then delete: an inactive key can be switched on again.',
      ],
    },
    techniques: ['T1078.004', 'T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.access-keys'].length,
  *evaluate(evidence, context) {
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (key.status !== 'Active') {
        continue;
      }
      const ageDays = daysBetween(key.createdAt, context.asOf);
      const common = { key: key.accessKeyId, user: key.userName, ageDays };
      yield {
        messageId: key.lastUsed === null ? 'unused' : 'used',
        subject: accessKeySubject(key),
        data:
          key.lastUsed === null
            ? common
            : {
                ...common,
                idleDays: daysBetween(key.lastUsed.at, context.asOf),
                service: key.lastUsed.service,
                region: key.lastUsed.region,
              },
        evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
      };
    }
  },
});
