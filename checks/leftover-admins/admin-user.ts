import { defineCheck } from '../../src/model/check.ts';
import { policyReferenceText } from '../../src/model/policy-reference-text.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/admin-user',
    title: 'No IAM user is an administrator',
    failureTitle: 'IAM user is an administrator',
    description:
      'A user with administrator rights joins the most power to the weakest credentials: passwords and access keys that never expire. Intruders make such users, or raise existing ones through a group, an inline policy or a customer policy with a harmless name. What counts here is what the policies allow in effect, not what they are called.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'critical',
      'changed-since-baseline': 'critical',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'IAM users',
    messages: {
      everything: 'User {user} may do everything, through {policies}.',
      allOfIam: 'User {user} controls all of IAM and can give itself everything, through {policies}.',
      conditional: {
        text: 'User {user} is an administrator under conditions that cannot be decided here, through {policies}.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['principal.contain', 'principal.reduce', 'user.delete'],
      why: 'Administration belongs to roles with temporary credentials, behind MFA.',
      cautions: ['Check that your own way in does not run through this user.'],
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
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-user').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      const { administrator, administratorBy, administratorPolicies } = principal.power;
      if (principal.type !== 'iam-user' || administrator === 'no') {
        continue;
      }
      const certain = administratorBy === 'all-iam' ? 'allOfIam' : 'everything';
      yield {
        messageId: administrator === 'yes' ? certain : 'conditional',
        subject: principalSubject(principal),
        data: { user: principal.name, policies: policyReferenceText(administratorPolicies) },
        evidence: [{ key: 'principals', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The user keeps its rights and its other credentials.' },
      };
    }
  },
});
