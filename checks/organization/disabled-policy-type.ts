import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { listText } from '../../src/model/list-text.ts';

export default defineCheck({
  meta: {
    id: 'organization/disabled-policy-type',
    title: 'Control policies are enabled on the root',
    failureTitle: 'Policy type is not enabled on the root',
    description:
      'Disabling a policy type on the root switches off every policy of the type in one call, whatever it is attached to. The policies themselves stay, which gives the call away. Enabling the type again brings back the default policy only: all attachments are lost and have to be made again.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'changed-since-baseline': 'critical' },
    scope: 'organization',
    requires: ['organizations.roots', 'organizations.policies'],
    optional: ['resources.organization'],
    tolerates: ['organizations.policies'],
    population: 'roots',
    messages: {
      off: 'Policy type {type} is not enabled on root {root} ({status}), although these policies exist: {policies}.',
      changed: 'The policy types of root {root} differ from the baseline; now there are: {types}.',
    },
    remediation: {
      actions: ['organization-policy-type.enable', 'organization-policy.reattach'],
      why: 'With the type enabled, policies can be attached and bind the members again.',
      cautions: [
        'Enabling the type does not attach anything: take the targets from the baseline or from code.',
      ],
    },
    techniques: ['T1685', 'T1484'],
    frameworks: {
      'CIS AWS 7.0': ['2.1.2'],
      'NIST 800-53 r5': ['AC-6', 'CM-6'],
      'NIST CSF 2.0': ['PR.AA-05', 'PR.PS-01'],
    },
    references: ['https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['organizations.roots'].length,
  *evaluate(evidence, { baseline }) {
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    const customers = evidence['organizations.policies'].filter(({ awsManaged }) => !awsManaged);
    for (const [index, { id, arn, name, policyTypes }] of evidence['organizations.roots'].entries()) {
      const subject = { arn, uniqueId: id, type: 'organization-root', name };
      const pointer = { key: 'organizations.roots', pointer: `/${index}/policyTypes` } as const;
      const statusOf = (type: string) => policyTypes.find((one) => one.type === type)?.status ?? 'absent';
      const isOn = (type: string) => ['ENABLED', 'PENDING_ENABLE'].includes(statusOf(type));
      const off = [...new Set(customers.map(({ type }) => type))].filter((type) => !isOn(type)).sort();
      for (const type of off) {
        const policies = customers.filter((policy) => policy.type === type).map((policy) => policy.name);
        yield {
          messageId: 'off',
          subject,
          discriminator: type,
          data: { type, root: name, status: statusOf(type), policies: listText(policies) },
          evidence: [pointer],
        };
      }
      if (off.length === 0 && standingOf('organization-root', arn) === 'changed') {
        const types = policyTypes.map(({ type, status }) => `${type} ${status}`);
        yield {
          messageId: 'changed',
          subject,
          data: { root: name, types: listText(types, 20) },
          evidence: [pointer],
        };
      }
    }
  },
});
