import { defineCheck } from '../../src/model/check.ts';
import { accessKeySubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/management-account-key',
    title: 'The management account has no access keys',
    failureTitle: 'Access key in the management account',
    description:
      'Service control policies do not bind the management account, and its administrators control every member. A key that leaks from here cannot be contained by the organization. People and pipelines should reach this account through Identity Center or a few break-glass roles only.',
    kind: 'hardening',
    severity: 'high',
    raise: {
      'in-window': 'critical',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.access-keys'],
    tolerates: ['iam.access-keys'],
    population: 'access keys of the management account',
    messages: {
      active: 'The management account holds the active access key {key} of user {user}.',
      inactive: {
        text: 'The management account holds the inactive access key {key} of user {user}, which can be switched on again.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['access-key.deactivate', 'user.delete'],
      why: 'What does not exist cannot leak from the one account that no guard rail covers.',
      cautions: ['Check that the break-glass path works before the last key is removed.'],
    },
    techniques: ['T1078.004'],
    frameworks: {
      'NIST 800-53 r5': ['AC-6', 'IA-5'],
      'NIST CSF 2.0': ['PR.AA-01', 'PR.AA-05'],
    },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ unit, managementAccountId }) => {
    if (managementAccountId === null) {
      return 'The account is in no organization, or the organization is not in scope.';
    }
    return managementAccountId === unit.accountId ? null : 'Not the management account.';
  },
  examined: (evidence) => evidence['iam.access-keys'].length,
  *evaluate(evidence) {
    for (const [index, key] of evidence['iam.access-keys'].entries()) {
      if (key.status === 'Expired') {
        continue;
      }
      yield {
        messageId: key.status === 'Active' ? 'active' : 'inactive',
        subject: accessKeySubject(key),
        data: { key: key.accessKeyId, user: key.userName },
        evidence: [{ key: 'iam.access-keys', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a credential of its own.' },
      };
    }
  },
});
