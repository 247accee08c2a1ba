import { notInAnyBaseline } from '../../src/model/applicability.ts';
import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { listText } from '../../src/model/list-text.ts';
import { organizationPolicySubject } from '../../src/model/organization-subject.ts';

const typeInArn = /:policy\/[^/]+\/([^/]+)\//;

export default defineCheck({
  meta: {
    id: 'organization/changed-organization-policy',
    title: 'Every organization policy is as the baseline holds it',
    failureTitle: 'Organization policy differs from the baseline',
    description:
      'Organizations keeps no date of a change to a policy and no earlier version of its text. An exception that was written into a control policy, a target that was dropped or a policy that was deleted shows only in comparison with the baseline. Text and targets are compared together.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['organizations.policies'],
    optional: ['resources.organization'],
    population: 'organization policies of the baseline',
    messages: {
      changed:
        'Text or targets of organization policy {policy} ({type}) differ from the baseline; it is attached to {targets}.',
      gone: 'Organization policy {policy} ({type}), which the baseline of {capturedAt} holds, does not exist.',
    },
    remediation: {
      actions: ['organization-policy.restore', 'organization-policy.reattach'],
      why: 'The reviewed text on the reviewed targets guards what it guarded before.',
      cautions: [
        'Look in the changed text for the principal that it excepts: it is a suspect.',
        'A policy that is made anew has a new id: baseline and code name the old one.',
      ],
    },
    techniques: ['T1685', 'T1484'],
    frameworks: { 'NIST 800-53 r5': ['CM-3', 'CM-6'], 'NIST CSF 2.0': ['PR.PS-01'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html',
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html',
    ],
    since: '0.1.0',
  },
  appliesTo: (context) => notInAnyBaseline(context, 'organization-policy'),
  examined: (_evidence, { baseline }) => (baseline?.ofType('organization-policy') ?? []).length,
  *evaluate(evidence, { baseline }) {
    const policies = evidence['organizations.policies'];
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    for (const [index, policy] of policies.entries()) {
      const { arn, name, type, targets } = policy;
      if (standingOf('organization-policy', arn) === 'changed') {
        yield {
          messageId: 'changed',
          subject: organizationPolicySubject(policy),
          data: {
            policy: name,
            type,
            targets: targets.length === 0 ? 'nothing' : listText(targets.map((one) => one.name)),
          },
          evidence: [{ key: 'organizations.policies', pointer: `/${index}` }],
        };
      }
    }
    const present = new Set(policies.map(({ arn }) => arn));
    for (const { id } of baseline?.ofType('organization-policy') ?? []) {
      if (!present.has(id)) {
        const policy = id.split('/').at(-1) ?? id;
        yield {
          messageId: 'gone',
          subject: { arn: id, type: 'organization-policy', name: policy },
          data: {
            policy,
            type: (typeInArn.exec(id)?.[1] ?? 'unknown type').toUpperCase(),
            capturedAt: baseline?.capturedAt ?? '',
          },
        };
      }
    }
  },
});
