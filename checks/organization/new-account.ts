import { isInIncident } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { OrganizationAccount } from '../../src/model/evidence/organizations.ts';
import { organizationAccountSubject } from '../../src/model/organization-subject.ts';

/** Organizations calls the management account invited, too. */
function messageFor(isInvited: boolean, isFresh: boolean, isReviewed: boolean, hasBaseline: boolean) {
  if (isFresh) {
    return isInvited ? 'invitedInWindow' : 'createdInWindow';
  }
  if (hasBaseline) {
    return isReviewed ? null : 'unknown';
  }
  return isInvited ? 'invited' : null;
}

function joined({ joinedAt }: OrganizationAccount): string {
  return joinedAt ?? 'an unknown time';
}

export default defineCheck({
  meta: {
    id: 'organization/new-account',
    title: 'Every account of the organization is known',
    failureTitle: 'Unknown account in the organization',
    description:
      'A member account is a safe haven: it has administrators of its own, it runs workloads on the owner’s bill, and every policy that trusts the organization’s id trusts it. An invited account brings principals along that nobody here made. Accounts that joined inside the incident window or are missing from the baseline are suspects; without either, invited ones are listed to be looked at.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'not-in-baseline': 'high', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['organizations.accounts'],
    tolerates: ['organizations.accounts'],
    population: 'accounts',
    messages: {
      createdInWindow: {
        text: 'Account {account} was created {joinedAt}, inside the incident window.',
        severity: 'high',
      },
      invitedInWindow: {
        text: 'Account {account} was let in from outside {joinedAt}, inside the incident window.',
        severity: 'critical',
      },
      unknown: 'The baseline does not hold account {account}, which joined {joinedAt} ({method}).',
      invited: {
        text: 'Account {account} was let in from outside {joinedAt}; no baseline says who decided so.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['account.contact-owner', 'account.remove-from-organization'],
      why: 'Outside the organization it is trusted by nobody here.',
      cautions: [
        'Put it under a policy that denies everything and sweep it before it goes: afterwards it cannot be read.',
        'Close an account that was made here rather than remove it: removed, it lives on.',
      ],
    },
    techniques: ['T1666', 'T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'CM-8'], 'NIST CSF 2.0': ['ID.AM-02', 'PR.AA-01'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['organizations.accounts'].length,
  *evaluate(evidence, { baseline, incident, managementAccountId }) {
    for (const [index, account] of evidence['organizations.accounts'].entries()) {
      const isInvited = account.joinedMethod === 'INVITED' && account.id !== managementAccountId;
      const isFresh = isInIncident(account.joinedAt, incident);
      const isReviewed = baseline?.find('organization-account', account.arn) != null;
      const messageId = messageFor(isInvited, isFresh, isReviewed, baseline !== null);
      if (messageId !== null) {
        yield {
          messageId,
          subject: organizationAccountSubject(account),
          data: {
            account: `${account.id} (${account.name})`,
            joinedAt: joined(account),
            method: account.joinedMethod ?? 'way unknown',
          },
          evidence: [{ key: 'organizations.accounts', pointer: `/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'The account has administrators of its own.' },
        };
      }
    }
  },
});
