import { administratorOfDocument } from '../../src/iam/administrator-of-document.ts';
import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/unattached-admin-policy',
    title: 'No customer policy that makes administrators lies unattached',
    failureTitle: 'Unattached customer policy makes administrators',
    description:
      'A policy that nobody holds harms nobody yet, and that is why it is left behind: one attachment later its holder is an administrator. It may also be what remains after a hostile user was removed in haste.',
    kind: 'residue',
    severity: 'low',
    raise: { 'in-window': 'high', 'not-in-baseline': 'medium', 'created-by-incident': 'high' },
    scope: 'account',
    requires: ['iam.authorization-details'],
    tolerates: ['iam.authorization-details'],
    population: 'customer managed policies',
    messages: { unattached: 'Customer policy {policy} makes administrators and is attached to nothing.' },
    remediation: {
      actions: ['policy.delete'],
      why: 'Nothing depends on a policy without holders.',
      cautions: ['Permission sets of Identity Center may refer to it by name: check before deleting.'],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
    since: '0.1.0',
  },
  examined: (evidence) =>
    evidence['iam.authorization-details'].policies.filter((policy) => !policy.awsManaged).length,
  *evaluate(evidence, { unit, partition }) {
    const account = { accountId: unit.accountId ?? '', partition };
    for (const [index, policy] of evidence['iam.authorization-details'].policies.entries()) {
      const isUsed = policy.attachmentCount + policy.boundaryUsageCount > 0;
      const text = policy.versions.find(({ isDefault }) => isDefault)?.document;
      if (policy.awsManaged || isUsed || text === undefined) {
        continue;
      }
      if (administratorOfDocument(text, account) === 'yes') {
        yield {
          messageId: 'unattached',
          subject: { arn: policy.arn, uniqueId: policy.policyId, type: 'iam-policy', name: policy.name },
          data: { policy: policy.name },
          evidence: [{ key: 'iam.authorization-details', pointer: `/policies/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'It waits for whoever may attach policies.' },
        };
      }
    }
  },
});
