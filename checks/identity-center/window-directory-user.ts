import { isInIncident, noIncidentWindow } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { DirectoryUser } from '../../src/model/evidence/identity-center.ts';
import type { Signal } from '../../src/model/finding.ts';
import { directoryUserSubject } from '../../src/model/identity-center-subject.ts';

/** Where people come from an identity provider, one who does not was made by hand. */
function originSignals(user: DirectoryUser, users: readonly DirectoryUser[]): readonly Signal[] {
  const others = users.filter(({ id }) => id !== user.id);
  const areProvisioned =
    others.length > 0 && others.every(({ externalIssuers }) => externalIssuers.length > 0);
  return areProvisioned && user.externalIssuers.length === 0
    ? [
        {
          code: 'made-by-hand',
          fact: 'all other users come from an identity provider',
          source: 'identity-store.users',
        },
      ]
    : [];
}

export default defineCheck({
  meta: {
    id: 'identity-center/window-directory-user',
    title: 'No directory user was made or changed in the incident window',
    failureTitle: 'Directory user made or changed in the incident window',
    description:
      'A user of the Identity Center directory is a way into every account that is assigned to it, and needs no AWS key. Making one takes a call; changing the mail address of an existing one and asking for a new password takes two. The directory keeps the times of both and who did it.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
      'compromised-principal': 'critical',
      'made-by-hand': 'critical',
    },
    scope: 'organization',
    requires: ['identity-store.users'],
    optional: ['identity-center.administrators'],
    tolerates: ['identity-store.users'],
    population: 'directory users',
    messages: {
      made: 'Directory user {user} ({status}) was made {at} by {by}, inside the incident window.',
      madeAdministrator: {
        text: 'Directory user {user} ({status}) was made {at} by {by}, inside the incident window, and is an administrator.',
        severity: 'critical',
      },
      changed: {
        text: 'Directory user {user} ({status}) was changed {at} by {by}, inside the incident window.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['identity-center.assignment-delete', 'identity-center.user-delete'],
      why: 'Nobody can sign in as a user that does not exist.',
      cautions: [
        'End the user’s sessions in the console first: after deletion they cannot be ended any more.',
        'Then disable the user, deny the user id in the permission sets, take away the assignments, and delete last.',
        'Keep the user id: the records name the user by it.',
      ],
    },
    techniques: ['T1136.003', 'T1098'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['PR.AA-01', 'RS.MI-02'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_User.html'],
    since: '0.1.0',
  },
  appliesTo: noIncidentWindow,
  examined: (evidence) => evidence['identity-store.users'].length,
  *evaluate(evidence, { incident, partition }) {
    const users = evidence['identity-store.users'];
    const administrators = new Set(
      (evidence['identity-center.administrators'] ?? []).flatMap((one) => one.users.map(({ id }) => id)),
    );
    for (const [index, user] of users.entries()) {
      const isMade = isInIncident(user.createdAt, incident);
      if (!isMade && !isInIncident(user.updatedAt, incident)) {
        continue;
      }
      const made = administrators.has(user.id) ? 'madeAdministrator' : 'made';
      yield {
        messageId: isMade ? made : 'changed',
        subject: directoryUserSubject(user, partition),
        data: {
          user: user.userName,
          status: user.status ?? 'status unknown',
          at: (isMade ? user.createdAt : user.updatedAt) ?? '',
          by: (isMade ? user.createdBy : user.updatedBy) ?? 'an unknown actor',
        },
        signals: isMade ? originSignals(user, users) : [],
        evidence: [{ key: 'identity-store.users', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The user signs in without any AWS key.' },
      };
    }
  },
});
