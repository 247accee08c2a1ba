import { defineCheck } from '../../src/model/check.ts';

function numberOf(versionId: string): number {
  return Number(versionId.slice(1));
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/rolled-back-policy',
    title: 'The newest version of each customer policy is effective',
    failureTitle: 'Customer policy was switched back to an older version',
    description:
      'Setting an older version as default changes the rights of every holder and leaves no date: the policy’s update time is that of its newest version. Teams roll back too, so this is a question to the owner unless the content differs from the baseline.',
    kind: 'tampering',
    severity: 'low',
    raise: { 'changed-since-baseline': 'high', 'created-by-incident': 'high' },
    scope: 'account',
    requires: ['iam.authorization-details'],
    tolerates: ['iam.authorization-details'],
    population: 'customer managed policies',
    messages: { older: 'Policy {policy} is effective in version {version}, although {newest} exists.' },
    remediation: {
      actions: ['policy.restore-version'],
      why: 'The reviewed version decides again what the holders may do.',
      cautions: ['Compare both texts with the owner: the older one may be the good one.'],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6', 'CM-3'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html'],
    since: '0.1.0',
  },
  examined: (evidence) =>
    evidence['iam.authorization-details'].policies.filter((policy) => !policy.awsManaged).length,
  *evaluate(evidence) {
    for (const [index, policy] of evidence['iam.authorization-details'].policies.entries()) {
      const effective = policy.versions.find(({ isDefault }) => isDefault);
      const newest = Math.max(...policy.versions.map(({ versionId }) => numberOf(versionId)));
      if (policy.awsManaged || !effective || numberOf(effective.versionId) >= newest) {
        continue;
      }
      yield {
        messageId: 'older',
        subject: { arn: policy.arn, uniqueId: policy.policyId, type: 'iam-policy', name: policy.name },
        data: { policy: policy.name, version: effective.versionId, newest: `v${newest}` },
        evidence: [{ key: 'iam.authorization-details', pointer: `/policies/${index}/versions` }],
      };
    }
  },
});
