import { isInWindow } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/window-key',
    title: 'No access key was made during the incident',
    failureTitle: 'Access key made during the incident',
    description:
      'A key that appeared while the intruder was inside may be his, whoever the user belongs to. It is independent of the leaked key and goes on working after that one is revoked.',
    kind: 'residue',
    severity: 'high',
    raise: { 'created-by-incident': 'critical', 'compromised-principal': 'critical' },
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'access keys',
    messages: {
      made: 'Access key {key} of user {user} was made at {createdAt}, within the incident window; it is {status}.',
    },
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'A key that its owner cannot explain is removed; a rotated one is made again.',
      cautions: ['Responders rotate keys during an incident: ask before deactivating.'],
    },
    techniques: ['T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['RS.AN-03', 'RS.MI-02'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident }) => (incident?.window ? null : 'No incident window is given.'),
  examined: (evidence) => evidence['iam.access-keys'].length,
  *evaluate(evidence, { incident }) {
    const window = incident?.window;
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (window && isInWindow(key.createdAt, window)) {
        yield {
          messageId: 'made',
          subject: accessKeySubject(key),
          data: {
            key: key.accessKeyId,
            user: key.userName,
            createdAt: key.createdAt,
            status: key.status,
          },
          evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
        };
      }
    }
  },
});
