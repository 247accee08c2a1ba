import { defineCheck } from '../../src/model/check.ts';
import type { Handshake } from '../../src/model/evidence/organizations.ts';
import { listText } from '../../src/model/list-text.ts';
import { handshakeSubject } from '../../src/model/organization-subject.ts';

const openStates = ['REQUESTED', 'OPEN'];
const sensitiveActions = ['INVITE', 'TRANSFER_RESPONSIBILITY'];

/** Ids of organizations are written with and without their prefix. */
function bareId(id: string): string {
  return id.replace(/^o-/, '');
}

function organizationsOf({ parties }: Handshake): readonly string[] {
  return parties.filter(({ type }) => type === 'ORGANIZATION').map(({ id }) => id);
}

function messageFor(handshake: Handshake, organizationId: string | null) {
  const { action, state } = handshake;
  const isOpen = openStates.includes(state);
  const own = bareId(organizationId ?? '');
  const isForeign = organizationsOf(handshake).some((id) => bareId(id) !== own);
  if (!sensitiveActions.includes(action) || !isForeign || (!isOpen && state !== 'ACCEPTED')) {
    return null;
  }
  if (action === 'TRANSFER_RESPONSIBILITY') {
    return 'transfer';
  }
  if (organizationId === null) {
    return isOpen ? 'unknownOrganization' : null;
  }
  return isOpen ? 'open' : 'accepted';
}

export default defineCheck({
  meta: {
    id: 'organization/foreign-invitation',
    title: 'No account holds an invitation from another organization',
    failureTitle: 'Account is invited by another organization',
    description:
      'An account that accepts an invitation moves straight into the other organization, out of reach of every control policy and of the organization’s trail; it need not leave first. Only the invited account sees the invitation. Control policies that deny `organizations:AcceptHandshake` and `organizations:LeaveOrganization` keep members inside; none binds the management account.',
    kind: 'residue',
    severity: 'high',
    raise: { 'in-window': 'critical', 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['organizations.account-handshakes'],
    tolerates: ['organizations.account-handshakes'],
    population: 'handshakes of the account',
    messages: {
      open: 'Organization {organizations} invites the account until {expiresAt} ({state}).',
      accepted: {
        text: 'The account accepted an invitation of organization {organizations} that was sent {requestedAt}.',
        severity: 'critical',
      },
      transfer: 'A transfer of responsibility with organization {organizations} is {state}.',
      unknownOrganization: {
        text: 'Organization {organizations} invites the account until {expiresAt} ({state}); whether it is the account’s own could not be seen.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['handshake.cancel', 'account.contact-owner'],
      why: 'A declined invitation cannot be accepted.',
      cautions: ['Decline it from the invited account: the other organization alone could cancel it.'],
    },
    techniques: ['T1666', 'T1531'],
    frameworks: { 'NIST 800-53 r5': ['AC-6', 'CM-3'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForAccount.html',
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['organizations.account-handshakes'].length,
  *evaluate(evidence, { organizationId }) {
    for (const [index, handshake] of evidence['organizations.account-handshakes'].entries()) {
      const messageId = messageFor(handshake, organizationId);
      if (messageId !== null) {
        const { state, requestedAt, expiresAt } = handshake;
        yield {
          messageId,
          subject: handshakeSubject(handshake),
          data: {
            state,
            organizations: listText(organizationsOf(handshake)),
            requestedAt: requestedAt ?? 'at an unknown time',
            expiresAt: expiresAt ?? 'an unknown time',
          },
          evidence: [{ key: 'organizations.account-handshakes', pointer: `/${index}` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'Any principal of the account that may accept it can do so.',
          },
        };
      }
    }
  },
});
