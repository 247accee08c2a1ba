import { defineCheck } from '../../src/model/check.ts';
import { sshPublicKeyArn } from '../../src/model/resource-arn.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/ssh-public-key',
    title: 'No user has an SSH public key',
    failureTitle: 'User has an SSH public key for CodeCommit',
    description:
      'An SSH public key on an IAM user opens CodeCommit to the holder of the private key. Revoking access keys does not touch it, and its use shows as ordinary Git traffic. Where CodeCommit is not used, any such key is unexplained.',
    kind: 'residue',
    severity: 'low',
    raise: {
      'in-window': 'high',
      'not-in-baseline': 'medium',
      'created-by-incident': 'critical',
      'compromised-principal': 'high',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.ssh-public-keys'],
    tolerates: ['iam.ssh-public-keys'],
    population: 'SSH public keys',
    messages: {
      active: 'User {user} has the active SSH public key {key}, uploaded {uploadedAt}.',
      inactive: {
        text: 'User {user} has the inactive SSH public key {key}, uploaded {uploadedAt}; it can be switched on again.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['ssh-public-key.deactivate'],
      why: 'The key opens repositories as long as it is active on the user.',
      cautions: ['Save the public key first: its fingerprint identifies the holder.'],
    },
    techniques: ['T1098.004'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.ssh-public-keys'].length,
  *evaluate(evidence) {
    for (const [index, key] of evidence['iam.ssh-public-keys'].entries()) {
      yield {
        messageId: key.status === 'Active' ? 'active' : 'inactive',
        subject: {
          arn: sshPublicKeyArn(key.userArn, key.keyId),
          uniqueId: key.keyId,
          type: 'ssh-public-key',
          name: key.keyId,
        },
        data: { user: key.userName, key: key.keyId, uploadedAt: key.uploadedAt ?? 'at an unknown time' },
        evidence: [{ key: 'iam.ssh-public-keys', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
      };
    }
  },
});
