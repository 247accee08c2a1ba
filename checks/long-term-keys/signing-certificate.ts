import { defineCheck } from '../../src/model/check.ts';
import { signingCertificateArn } from '../../src/model/resource-arn.ts';
import { rootUserSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/signing-certificate',
    title: 'No user has an X.509 signing certificate',
    failureTitle: 'User has an X.509 signing certificate',
    description:
      'Signing certificates are a credential from the first years of AWS; hardly anything uses them today, and nobody looks at them. An intruder who uploads one keeps a way to sign requests that no access-key report shows. On the root user it carries root’s power.',
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
    requires: ['iam.signing-certificates', 'iam.account-summary'],
    tolerates: ['iam.signing-certificates'],
    population: 'signing certificates',
    messages: {
      active: 'User {user} has the active signing certificate {certificate}, uploaded {uploadedAt}.',
      inactive: {
        text: 'User {user} has the inactive signing certificate {certificate}, uploaded {uploadedAt}; it can be switched on again.',
        severity: 'low',
      },
      root: { text: 'The root user has a signing certificate.', severity: 'critical' },
    },
    remediation: {
      actions: ['signing-certificate.deactivate'],
      why: 'The certificate signs requests as long as it is active.',
      cautions: ['Save the certificate first: subject and issuer may identify the holder.'],
    },
    techniques: ['T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.signing-certificates'].length + 1,
  *evaluate(evidence, context) {
    const survivesKeyRevocation = { answer: 'yes', why: 'It is a credential of its own.' } as const;
    if (evidence['iam.account-summary'].rootSigningCertificatesPresent) {
      yield {
        messageId: 'root',
        subject: rootUserSubject(context.unit),
        data: {},
        evidence: [{ key: 'iam.account-summary', pointer: '/rootSigningCertificatesPresent' }],
        survivesKeyRevocation,
      };
    }
    for (const [index, certificate] of evidence['iam.signing-certificates'].entries()) {
      yield {
        messageId: certificate.status === 'Active' ? 'active' : 'inactive',
        subject: {
          arn: signingCertificateArn(certificate.userArn, certificate.certificateId),
          uniqueId: certificate.certificateId,
          type: 'signing-certificate',
          name: certificate.certificateId,
        },
        data: {
          user: certificate.userName,
          certificate: certificate.certificateId,
          uploadedAt: certificate.uploadedAt ?? 'at an unknown time',
        },
        evidence: [{ key: 'iam.signing-certificates', pointer: `/${index}` }],
        survivesKeyRevocation,
      };
    }
  },
});
