import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { policyReferenceText } from '../../src/model/policy-reference-text.ts';
import { principalSubject } from '../../src/model/subject.ts';

function messageFor({ power, managedBy }: Principal) {
  if (managedBy === 'identity-center') {
    return 'identityCenter';
  }
  if (power.administrator === 'conditional') {
    return 'conditional';
  }
  return power.administratorBy === 'all-iam' ? 'allOfIam' : 'everything';
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/admin-role',
    title: 'Every administrator role is known',
    failureTitle: 'Role is an administrator',
    description:
      'Whoever may assume an administrator role owns the account. Break-glass, deployment and Identity Center roles are administrators for good reason, so without a baseline this is a list to review; a role that appeared in the incident window or is missing from the baseline is a suspect. Service-linked roles are left out: only AWS can use them.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'roles that are not service-linked',
    messages: {
      everything: 'Role {role} may do everything, through {policies}; {trusted} may assume it.',
      allOfIam:
        'Role {role} controls all of IAM and can give itself everything, through {policies}; {trusted} may assume it.',
      conditional: {
        text: 'Role {role} is an administrator under conditions that cannot be decided here, through {policies}; {trusted} may assume it.',
        severity: 'low',
      },
      identityCenter: {
        text: 'Identity Center’s role {role} is an administrator; its permission set and assignments decide who uses it.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['principal.contain', 'principal.reduce', 'role.delete'],
      why: 'Fewer administrator roles leave fewer doors; an unexplained one is closed.',
      cautions: [
        'Deny older sessions as well: a role session outlives the change.',
        'Check that your own way in does not run through this role.',
      ],
    },
    techniques: ['T1098.003', 'T1136.003', 'T1078.004'],
    frameworks: {
      'CIS AWS 7.0': ['2.14'],
      'NIST 800-53 r5': ['AC-2', 'AC-6', 'AC-6(5)'],
      'NIST CSF 2.0': ['PR.AA-05'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) =>
    principals.filter(({ type, managedBy }) => type === 'iam-role' && managedBy !== 'service-linked').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      const { type, managedBy, power, trust } = principal;
      if (type !== 'iam-role' || managedBy === 'service-linked' || power.administrator === 'no') {
        continue;
      }
      const trusted = [...new Set(trust.map((grant) => grant.principal))].sort().join(', ');
      yield {
        messageId: messageFor(principal),
        subject: principalSubject(principal),
        data: {
          role: principal.name,
          policies: policyReferenceText(power.administratorPolicies),
          trusted: trusted === '' ? 'nobody' : trusted,
        },
        evidence: [{ key: 'principals', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'Whom it trusts can assume it without the leaked key.' },
      };
    }
  },
});
