import { defineCheck } from '../../src/model/check.ts';
import type { PasswordPolicy } from '../../src/model/evidence/iam.ts';
import { accountSubject } from '../../src/model/subject.ts';

/** CIS asks for fourteen characters and twenty-four remembered passwords. */
function weaknessesOf(policy: Extract<PasswordPolicy, { readonly present: true }>): readonly string[] {
  const remembered = policy.reusePrevention ?? 0;
  return [
    ...(policy.minimumLength < 14 ? [`minimum length ${policy.minimumLength}`] : []),
    ...(remembered < 24 ? [`${remembered} passwords remembered`] : []),
  ];
}

export default defineCheck({
  meta: {
    id: 'long-term-keys/weak-password-policy',
    title: 'The account has a strong password policy',
    failureTitle: 'Password policy is weak or missing',
    description:
      'The password policy binds every IAM user who signs in to the console. Deleting or weakening it prepares guessing, and lets a user go back to a password that leaked. It has to be in order before passwords are reset after an incident.',
    kind: 'hardening',
    severity: 'low',
    scope: 'account',
    requires: ['iam.password-policy'],
    population: 'password policies',
    messages: {
      missing: {
        text: 'Account {account} has no password policy of its own; the default of IAM applies.',
        severity: 'medium',
      },
      weak: 'The password policy of account {account} is weak: {weaknesses}.',
    },
    remediation: {
      actions: ['password-policy.set'],
      why: 'New passwords then resist guessing and differ from those that leaked.',
      cautions: ['Set it before passwords are reset: it does not apply to existing ones.'],
    },
    techniques: ['T1556'],
    frameworks: {
      'CIS AWS 7.0': ['2.8', '2.9'],
      'NIST 800-53 r5': ['IA-5(1)'],
      'NIST CSF 2.0': ['PR.AA-01'],
    },
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html',
    ],
    since: '0.1.0',
  },
  examined: () => 1,
  *evaluate(evidence, { unit }) {
    const policy = evidence['iam.password-policy'];
    const weaknesses = policy.present ? weaknessesOf(policy) : [];
    if (!policy.present || weaknesses.length > 0) {
      const subject = accountSubject(unit);
      yield {
        messageId: policy.present ? 'weak' : 'missing',
        subject,
        data: { account: subject.name, weaknesses: weaknesses.join(', ') },
        evidence: [{ key: 'iam.password-policy', pointer: '' }],
      };
    }
  },
});
