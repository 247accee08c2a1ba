import { administratorOfDocument } from '../../src/iam/administrator-of-document.ts';
import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/sleeping-policy-version',
    title: 'No stored policy version grants more than the effective one',
    failureTitle: 'Stored policy version would make administrators',
    description:
      'A managed policy keeps up to five versions, and one call makes another one effective for every holder. An intruder leaves a wide version in store while the effective one looks narrow. No date tells when the default was switched.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
    },
    scope: 'account',
    requires: ['iam.authorization-details'],
    tolerates: ['iam.authorization-details'],
    population: 'customer managed policies',
    messages: {
      administrator:
        'Stored version {version} of policy {policy}, made {createdAt}, makes administrators; the effective version does not.',
      conditional: {
        text: 'Stored version {version} of policy {policy}, made {createdAt}, makes administrators under conditions; the effective version does not.',
        severity: 'low',
      },
      unreadable: {
        text: 'Stored version {version} of policy {policy}, made {createdAt}, could not be understood.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['policy.restore-version'],
      why: 'A version that is deleted cannot be made effective.',
      cautions: ['Save its text first: it is evidence, and nothing else keeps it.'],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html'],
    since: '0.1.0',
  },
  examined: (evidence) =>
    evidence['iam.authorization-details'].policies.filter((policy) => !policy.awsManaged).length,
  *evaluate(evidence, { unit, partition }) {
    const account = { accountId: unit.accountId ?? '', partition };
    for (const [index, policy] of evidence['iam.authorization-details'].policies.entries()) {
      const stored = policy.versions.filter(({ isDefault }) => !isDefault);
      const effective = policy.versions.find(({ isDefault }) => isDefault)?.document;
      if (policy.awsManaged || stored.length === 0) {
        continue;
      }
      const isWide = effective !== undefined && administratorOfDocument(effective, account) === 'yes';
      for (const version of isWide ? [] : stored) {
        const administrator = administratorOfDocument(version.document, account);
        if (administrator === 'no') {
          continue;
        }
        yield {
          messageId: administrator === 'yes' ? 'administrator' : administrator,
          subject: { arn: policy.arn, uniqueId: policy.policyId, type: 'iam-policy', name: policy.name },
          discriminator: version.versionId,
          data: { version: version.versionId, policy: policy.name, createdAt: version.createdAt },
          evidence: [{ key: 'iam.authorization-details', pointer: `/policies/${index}/versions` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'Anyone who may set the default version can switch to it.',
          },
        };
      }
    }
  },
});
