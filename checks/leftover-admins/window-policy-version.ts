import { isInWindow } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/window-policy-version',
    title: 'No customer policy was written during the incident',
    failureTitle: 'Customer policy written during the incident',
    description:
      'A new default version changes the rights of every holder at once, while names and attachments stay as they were. Versions carry their date, so those from the incident window are known; a switch back to an old version carries none.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['iam.authorization-details'],
    tolerates: ['iam.authorization-details'],
    population: 'customer managed policies',
    messages: {
      effective:
        'Policy {policy} was rewritten at {createdAt}, within the incident window: {version} is effective.',
      stored: {
        text: 'Policy {policy} got the version {version} at {createdAt}, within the incident window; it is not effective.',
        severity: 'medium',
      },
      made: {
        text: 'Policy {policy} was made at {createdAt}, within the incident window.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['policy.restore-version', 'policy.delete'],
      why: 'The reviewed version decides again what the holders may do.',
      cautions: [
        'Save the text of every version first.',
        'Five versions are kept: the good one may be gone, then take it from code or from CloudTrail.',
      ],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6', 'IR-4'], 'NIST CSF 2.0': ['RS.AN-03', 'RS.MI-02'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident }) => (incident?.window ? null : 'No incident window is given.'),
  examined: (evidence) =>
    evidence['iam.authorization-details'].policies.filter((policy) => !policy.awsManaged).length,
  *evaluate(evidence, { incident }) {
    const window = incident?.window;
    for (const [index, policy] of evidence['iam.authorization-details'].policies.entries()) {
      for (const version of policy.versions) {
        if (policy.awsManaged || !window || !isInWindow(version.createdAt, window)) {
          continue;
        }
        const rewritten = version.isDefault ? 'effective' : 'stored';
        yield {
          messageId: version.versionId === 'v1' ? 'made' : rewritten,
          subject: { arn: policy.arn, uniqueId: policy.policyId, type: 'iam-policy', name: policy.name },
          discriminator: version.versionId,
          data: { policy: policy.name, version: version.versionId, createdAt: version.createdAt },
          evidence: [{ key: 'iam.authorization-details', pointer: `/policies/${index}/versions` }],
          survivesKeyRevocation: { answer: 'yes', why: 'Every holder keeps what it grants.' },
        };
      }
    }
  },
});
