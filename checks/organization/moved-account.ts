import { notInAnyBaseline } from '../../src/model/applicability.ts';
import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { organizationAccountSubject } from '../../src/model/organization-subject.ts';

export default defineCheck({
  meta: {
    id: 'organization/moved-account',
    title: 'Every account is in its organizational unit',
    failureTitle: 'Account is not where the baseline holds it',
    description:
      'Control policies reach an account through its organizational unit. Moving it to a unit without guards, or to the root, lifts them without touching any policy, and moving it back hides that. The place and the state of an account are compared with the baseline together.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['organizations.accounts'],
    optional: ['resources.organization'],
    tolerates: ['organizations.accounts'],
    population: 'active accounts',
    messages: {
      moved: 'Active account {account} now is at {path}; its place or state differs from the baseline.',
    },
    remediation: {
      actions: ['account.move-back', 'account.contact-owner'],
      why: 'In its unit the account is under the policies that were meant for it.',
      cautions: ['Move it back first, then look at what happened in it meanwhile.'],
    },
    techniques: ['T1666', 'T1484'],
    frameworks: { 'NIST 800-53 r5': ['CM-3', 'CM-6'], 'NIST CSF 2.0': ['PR.PS-01'] },
    references: ['https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html'],
    since: '0.1.0',
  },
  appliesTo: (context) => notInAnyBaseline(context, 'organization-account'),
  examined: (evidence) => evidence['organizations.accounts'].filter(({ state }) => state === 'ACTIVE').length,
  *evaluate(evidence, { baseline }) {
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    for (const [index, account] of evidence['organizations.accounts'].entries()) {
      if (account.state === 'ACTIVE' && standingOf('organization-account', account.arn) === 'changed') {
        yield {
          messageId: 'moved',
          subject: organizationAccountSubject(account),
          data: {
            account: `${account.id} (${account.name})`,
            path: account.path ?? 'a place that is not told',
          },
          evidence: [{ key: 'organizations.accounts', pointer: `/${index}` }],
        };
      }
    }
  },
});
