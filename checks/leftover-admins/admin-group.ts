import { defineCheck } from '../../src/model/check.ts';
import { policyReferenceText } from '../../src/model/policy-reference-text.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/admin-group',
    title: 'No IAM group grants administrator rights',
    failureTitle: 'IAM group grants administrator rights',
    description:
      'A group hands its rights to every member, while the members’ own pages show nothing. Intruders make a group, or join one, because a look at single users misses it. An empty administrator group waits for its first member.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'IAM groups',
    messages: {
      withMembers: 'Group {group} makes its {count} members administrators, through {policies}: {members}.',
      empty: {
        text: 'Group {group} grants administrator rights through {policies}; it has no members.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['group.detach-admin', 'group.delete', 'principal.reduce'],
      why: 'Without the policy no member gains anything from the group.',
      cautions: ['Members may depend on the group for daily work: give them a role first.'],
    },
    techniques: ['T1098.003', 'T1136.003'],
    frameworks: {
      'CIS AWS 7.0': ['2.14'],
      'NIST 800-53 r5': ['AC-2', 'AC-6', 'AC-6(5)'],
      'NIST CSF 2.0': ['PR.AA-05'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-group').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      if (principal.type !== 'iam-group' || principal.power.administrator === 'no') {
        continue;
      }
      const members = principals
        .filter(({ groups }) => groups.includes(principal.name) || groups.includes(principal.arn))
        .map(({ name }) => name)
        .sort();
      yield {
        messageId: members.length > 0 ? 'withMembers' : 'empty',
        subject: principalSubject(principal),
        data: {
          group: principal.name,
          policies: policyReferenceText(principal.power.administratorPolicies),
          count: members.length,
          members: members.join(', '),
        },
        evidence: [{ key: 'principals', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'Every member keeps the rights with any credential.' },
      };
    }
  },
});
