import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/compromised-key',
    title: 'Every compromised access key is deleted',
    failureTitle: 'Compromised access key still exists',
    description:
      'The incident names this key as leaked. While it is active the intruder is in; while it is inactive one call switches it on again. Sessions minted from it go on until they expire, so the user needs a deny on older tokens as well.',
    kind: 'residue',
    severity: 'critical',
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'access keys',
    messages: {
      active: 'Compromised access key {key} of user {user} is still active.',
      inactive: {
        text: 'Compromised access key {key} of user {user} is {status} but not deleted: it can be switched on again.',
        severity: 'high',
      },
    },
    remediation: {
      actions: ['access-key.deactivate', 'access-key.rotate', 'session.revoke'],
      why: 'A deleted key cannot sign requests and cannot be switched on again.',
      cautions: ['Deactivating the key does not end federation or role sessions that were made with it.'],
    },
    techniques: ['T1078.004'],
    frameworks: {
      'NIST 800-53 r5': ['AC-2', 'IA-5', 'IR-4'],
      'NIST CSF 2.0': ['RS.MI-01', 'RS.MI-02'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident }) =>
    (incident?.compromised.accessKeyIds.length ?? 0) > 0
      ? null
      : 'No incident names a compromised access key.',
  examined: (evidence) => evidence['iam.access-keys'].length,
  *evaluate(evidence, context) {
    const compromised = new Set(context.incident?.compromised.accessKeyIds ?? []);
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (!compromised.has(key.accessKeyId)) {
        continue;
      }
      yield {
        messageId: key.status === 'Active' ? 'active' : 'inactive',
        subject: accessKeySubject(key),
        data: { key: key.accessKeyId, user: key.userName, status: key.status },
        signals: [{ code: 'compromised-key', fact: 'named as compromised', source: 'incident' }],
        evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'no', why: 'It is the leaked key itself.' },
      };
    }
  },
});
