import { defineCheck } from '../../src/model/check.ts';
import type { Handshake } from '../../src/model/evidence/organizations.ts';
import { listText } from '../../src/model/list-text.ts';
import { handshakeSubject } from '../../src/model/organization-subject.ts';

const openStates = ['REQUESTED', 'OPEN'];

function messageFor({ action, state }: Handshake) {
  const isOpen = openStates.includes(state);
  if (!isOpen && state !== 'ACCEPTED') {
    return null;
  }
  if (action === 'TRANSFER_RESPONSIBILITY') {
    return isOpen ? 'transfer' : 'transferred';
  }
  if (action === 'INVITE') {
    return isOpen ? 'invitation' : 'accepted';
  }
  return isOpen ? 'other' : null;
}

export default defineCheck({
  meta: {
    id: 'organization/open-handshake',
    title: 'The organization has no open or freshly accepted handshakes',
    failureTitle: 'Handshake of the organization is open or was accepted',
    description:
      'An open invitation can be accepted for fifteen days, whatever happens to the credential that sent it; the account that accepts is then trusted wherever the organization’s id is. A transfer of responsibility gives the bill and the cost data to another organization. Finished handshakes disappear after thirty days, so look while they are here.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['organizations.handshakes'],
    tolerates: ['organizations.handshakes'],
    population: 'handshakes of the organization',
    messages: {
      invitation: 'Account {parties} is invited into the organization until {expiresAt} ({state}).',
      accepted: {
        text: 'Account {parties} accepted an invitation into the organization that was sent {requestedAt}.',
        severity: 'low',
      },
      transfer: {
        text: 'A transfer of responsibility between {parties} is open until {expiresAt} ({state}).',
        severity: 'high',
      },
      transferred: {
        text: 'A transfer of responsibility between {parties}, asked for {requestedAt}, was accepted.',
        severity: 'high',
      },
      other: { text: 'Handshake {action} with {parties} is open ({state}).', severity: 'low' },
    },
    remediation: {
      actions: ['handshake.cancel', 'account.remove-from-organization'],
      why: 'A cancelled handshake cannot be accepted.',
      cautions: ['An account that accepted is in already: `organization/new-account` names it.'],
    },
    techniques: ['T1666'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'CM-3'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_Handshake.html',
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForOrganization.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['organizations.handshakes'].length,
  *evaluate(evidence) {
    for (const [index, handshake] of evidence['organizations.handshakes'].entries()) {
      const messageId = messageFor(handshake);
      if (messageId === null) {
        continue;
      }
      const { action, state, parties, requestedAt, expiresAt } = handshake;
      const others = action === 'INVITE' ? parties.filter(({ type }) => type !== 'ORGANIZATION') : parties;
      yield {
        messageId,
        subject: handshakeSubject(handshake),
        data: {
          action,
          state,
          parties: others.length === 0 ? 'named by e-mail address' : listText(others.map(({ id }) => id)),
          requestedAt: requestedAt ?? 'at an unknown time',
          expiresAt: expiresAt ?? 'an unknown time',
        },
        evidence: [{ key: 'organizations.handshakes', pointer: `/${index}` }],
        survivesKeyRevocation: {
          answer: 'yes',
          why: 'The other party can accept it with its own credentials.',
        },
      };
    }
  },
});
