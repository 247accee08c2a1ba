import { parsePolicyDocument } from '../../src/iam/parse-policy-document.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { OrganizationPolicy } from '../../src/model/evidence/organizations.ts';
import { organizationPolicySubject } from '../../src/model/organization-subject.ts';

const guardTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

function isGuard({ awsManaged, type }: OrganizationPolicy): boolean {
  return !awsManaged && guardTypes.includes(type);
}

/** A text that cannot be read may forbid something. */
function forbids({ document }: OrganizationPolicy): boolean {
  const parsed = parsePolicyDocument(document);
  return !parsed.ok || parsed.document.statements.some(({ effect }) => effect !== 'Allow');
}

export default defineCheck({
  meta: {
    id: 'organization/detached-service-control-policy',
    title: 'Every control policy of the organization is attached',
    failureTitle: 'Control policy is attached nowhere',
    description:
      'Service and resource control policies bind every principal of a member account, administrators too, as long as they are attached. Detaching one takes effect at once and leaves the policy in the list, where it looks as if it still guarded. It may also be a draft, so without a baseline this is a question, not a proof; attachments that changed since the baseline are reported by `organization/changed-organization-policy`.',
    kind: 'tampering',
    severity: 'medium',
    raise: { 'changed-since-baseline': 'critical' },
    scope: 'organization',
    requires: ['organizations.policies'],
    population: 'service and resource control policies of the customer',
    messages: {
      guard: 'Control policy {policy} ({type}), which forbids something, is attached to nothing.',
      permitting: {
        text: 'Control policy {policy} ({type}), which forbids nothing, is attached to nothing.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['organization-policy.reattach'],
      why: 'Attached to its targets the policy binds the members again.',
      cautions: [
        'The policy type has to be enabled on the root first; disabling it had dropped every attachment.',
        'A control policy never binds the management account.',
      ],
    },
    techniques: ['T1685', 'T1484'],
    frameworks: {
      'CIS AWS 7.0': ['2.1.2'],
      'NIST 800-53 r5': ['AC-6', 'CM-6'],
      'NIST CSF 2.0': ['PR.AA-05', 'PR.PS-01'],
    },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['organizations.policies'].filter(isGuard).length,
  *evaluate(evidence) {
    for (const [index, policy] of evidence['organizations.policies'].entries()) {
      if (isGuard(policy) && policy.targets.length === 0) {
        yield {
          messageId: forbids(policy) ? 'guard' : 'permitting',
          subject: organizationPolicySubject(policy),
          data: { policy: policy.name, type: policy.type },
          evidence: [{ key: 'organizations.policies', pointer: `/${index}/targets` }],
        };
      }
    }
  },
});
