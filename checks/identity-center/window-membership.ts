import { isInIncident, noIncidentWindow } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import { membershipSubject } from '../../src/model/identity-center-subject.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/window-membership',
    title: 'Nobody was put into a directory group in the incident window',
    failureTitle: 'Directory group got a member in the incident window',
    description:
      'Putting a user into a group that exists gives the user all of its assignments and changes neither the user, nor the group, nor a permission set. The membership itself carries the time and who made it.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
      'compromised-principal': 'critical',
    },
    scope: 'organization',
    requires: ['identity-store.memberships'],
    optional: ['identity-store.users', 'identity-store.groups', 'identity-center.administrators'],
    tolerates: ['identity-store.memberships'],
    population: 'group memberships',
    messages: {
      added: 'User {user} was put into group {group} {at} by {by}, inside the incident window.',
      addedToAdministrators: {
        text: 'User {user} was put into administrator group {group} {at} by {by}, inside the incident window.',
        severity: 'critical',
      },
    },
    remediation: {
      actions: ['identity-center.membership-delete'],
      why: 'Without the membership the user has none of the group’s access.',
      cautions: ['Running role sessions go on until they expire.'],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['PR.AA-05', 'RS.MI-02'] },
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_GroupMembership.html',
    ],
    since: '0.1.0',
  },
  appliesTo: noIncidentWindow,
  examined: (evidence) => evidence['identity-store.memberships'].length,
  *evaluate(evidence, { incident, partition }) {
    const administrators = new Set(
      (evidence['identity-center.administrators'] ?? []).map(({ principalId }) => principalId),
    );
    for (const [index, membership] of evidence['identity-store.memberships'].entries()) {
      const { groupId, userId, createdAt, createdBy } = membership;
      if (!isInIncident(createdAt, incident)) {
        continue;
      }
      const user = evidence['identity-store.users']?.find(({ id }) => id === userId);
      const group = evidence['identity-store.groups']?.find(({ id }) => id === groupId);
      yield {
        messageId: administrators.has(groupId) ? 'addedToAdministrators' : 'added',
        subject: membershipSubject(membership, partition),
        data: {
          user: user?.userName ?? userId,
          group: group?.displayName ?? groupId,
          at: createdAt ?? '',
          by: createdBy ?? 'an unknown actor',
        },
        evidence: [{ key: 'identity-store.memberships', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The user signs in through Identity Center.' },
      };
    }
  },
});
