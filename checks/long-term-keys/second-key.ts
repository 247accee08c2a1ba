import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/second-key',
    title: 'No user has a second access key',
    failureTitle: 'User has a second access key',
    description:
      'A second key on an existing user is the quietest way to keep access: the owner goes on with the first one, and revoking the leaked key leaves the new one alive. During a rotation two keys are normal for some days. The younger key is the subject.',
    kind: 'residue',
    severity: 'low',
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
    population: 'users with access keys',
    messages: {
      bothActive: {
        text: 'User {user} has two active access keys; the younger one is {key}, made {createdAt}.',
        severity: 'medium',
      },
      oneInactive:
        'User {user} has a second access key, {key}, made {createdAt}; one of the two is inactive.',
    },
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'Only the key that the workload uses has to stay.',
      cautions: ['Compare last used service and region of both keys: the younger may be the rotated one.'],
    },
    techniques: ['T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    since: '0.1.0',
  },
  examined: (evidence) => new Set(evidence['iam.access-keys'].map(({ userArn }) => userArn)).size,
  *evaluate(evidence) {
    const keys = evidence['iam.access-keys'];
    for (const [index, key] of keys.entries()) {
      const other = keys.find(
        ({ userArn, accessKeyId }) => userArn === key.userArn && accessKeyId !== key.accessKeyId,
      );
      const age = `${key.createdAt} ${key.accessKeyId}`;
      if (other && age > `${other.createdAt} ${other.accessKeyId}`) {
        yield {
          messageId: key.status === 'Active' && other.status === 'Active' ? 'bothActive' : 'oneInactive',
          subject: accessKeySubject(key),
          data: { user: key.userName, key: key.accessKeyId, createdAt: key.createdAt },
          evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'Revoking one key of a user leaves the other one valid.',
          },
        };
      }
    }
  },
});
