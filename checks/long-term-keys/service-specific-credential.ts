import { defineCheck } from '../../src/model/check.ts';
import type { ServiceSpecificCredential } from '../../src/model/evidence/iam.ts';
import { serviceSpecificCredentialSubject } from '../../src/model/subject.ts';

function messageFor({ status, serviceName }: ServiceSpecificCredential) {
  if (status !== 'Active') {
    return 'inactive';
  }
  switch (serviceName) {
    case 'bedrock.amazonaws.com':
      return 'bedrock';
    case 'logs.amazonaws.com':
      return 'logs';
    default:
      return 'other';
  }
}

export default defineCheck({
  meta: {
    id: 'long-term-keys/service-specific-credential',
    title: 'No user has service-specific credentials',
    failureTitle: 'User has a service-specific credential',
    description:
      'Service-specific credentials are passwords and bearer tokens beside access keys: Git and Keyspaces passwords, Bedrock and CloudWatch Logs API keys. Revoking an access key does not touch them, and credential reports do not list them. A Bedrock key lets its holder run models on the owner’s bill; a Logs key lets him write false log events.',
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
    requires: ['iam.service-specific-credentials'],
    tolerates: ['iam.service-specific-credentials'],
    population: 'service-specific credentials',
    messages: {
      bedrock: 'User {user} has the Bedrock API key {credential}, made {createdAt}, expiring {expiresAt}.',
      logs: 'User {user} has the CloudWatch Logs API key {credential}, made {createdAt}, expiring {expiresAt}.',
      other:
        'User {user} has the credential {credential} for {service}, made {createdAt}, expiring {expiresAt}.',
      inactive: {
        text: 'User {user} has the credential {credential} for {service} in status {status}, made {createdAt}.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['service-specific-credential.deactivate'],
      why: 'The credential is independent of access keys and has to be removed by itself.',
      cautions: ['Ask the owner whether a tool uses it; a reset gives the owner a new secret at once.'],
    },
    techniques: ['T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.service-specific-credentials'].length,
  *evaluate(evidence) {
    for (const [index, credential] of evidence['iam.service-specific-credentials'].entries()) {
      yield {
        messageId: messageFor(credential),
        subject: serviceSpecificCredentialSubject(credential),
        data: {
          user: credential.userName,
          credential: credential.credentialId,
          service: credential.serviceName,
          status: credential.status,
          createdAt: credential.createdAt,
          expiresAt: credential.expiresAt ?? 'never',
        },
        evidence: [{ key: 'iam.service-specific-credentials', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
      };
    }
  },
});
