import { isInIncident } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { IdentityCenterAdministrator } from '../../src/model/evidence/derived.ts';
import type {
  DirectoryGroup,
  DirectoryUser,
  GroupMembership,
} from '../../src/model/evidence/identity-center.ts';
import type { Signal } from '../../src/model/finding.ts';
import { assignmentSubject } from '../../src/model/identity-center-subject.ts';
import type { Incident } from '../../src/model/incident.ts';
import { listText } from '../../src/model/list-text.ts';

interface Directory {
  readonly users: readonly DirectoryUser[] | null;
  readonly groups: readonly DirectoryGroup[] | null;
  readonly memberships: readonly GroupMembership[] | null;
  readonly incident: Incident | null;
}

/** Assignments carry no date, but none is older than the principal that holds it. */
function holderSignals(
  { principalType, principalId, users }: IdentityCenterAdministrator,
  directory: Directory,
): readonly Signal[] {
  const { incident } = directory;
  const isUser = principalType === 'USER';
  const holders = isUser ? directory.users : directory.groups;
  const source = isUser ? 'identity-store.users' : 'identity-store.groups';
  const holder = holders?.find(({ id }) => id === principalId);
  const isFresh = isInIncident(holder?.createdAt ?? null, incident);
  const freshMembers = (directory.memberships ?? [])
    .filter(({ groupId, createdAt }) => groupId === principalId && isInIncident(createdAt, incident))
    .map(({ userId }) => users.find(({ id }) => id === userId)?.userName ?? userId);
  return [
    ...(isFresh
      ? [
          {
            code: 'in-window',
            fact: `its holder was created ${holder?.createdAt}, so the assignment is not older`,
            source,
          },
        ]
      : []),
    ...(freshMembers.length > 0
      ? [
          {
            code: 'member-in-window',
            fact: `joined the group inside the incident window: ${listText(freshMembers)}`,
            source: 'identity-store.memberships',
          },
        ]
      : []),
  ];
}

export default defineCheck({
  meta: {
    id: 'identity-center/administrator-assignment',
    title: 'Every administrator assignment of Identity Center is known',
    failureTitle: 'Administrator through Identity Center',
    description:
      'An assignment of an administrator permission set makes its holders administrators of an account, with no IAM user and no access key. It shows in no account’s IAM but as one more role of Identity Center. Every organization has some, so without a baseline this is a list to review; one whose holder was made inside the incident window is a suspect. Assignments carry no date of their own.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'member-in-window': 'high',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'organization',
    requires: ['identity-center.administrators'],
    optional: ['identity-store.users', 'identity-store.groups', 'identity-store.memberships'],
    tolerates: ['identity-center.administrators'],
    population: 'assignments of administrator permission sets',
    messages: {
      user: 'User {holder} is an administrator of account {account} through permission set {set}.',
      group:
        'Group {holder} is an administrator of account {account} through permission set {set}; members seen: {users}.',
    },
    remediation: {
      actions: ['identity-center.assignment-delete', 'session.revoke'],
      why: 'Without the assignment nobody of the directory enters the account with that set.',
      cautions: [
        'Deleting is asynchronous: read again until it is gone.',
        'Role sessions go on for as long as the permission set says, and ending a portal session does not end them.',
        'Check that your own way in does not run through it.',
      ],
    },
    techniques: ['T1098.003', 'T1078.004'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6', 'AC-6(5)'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/useraccess.html',
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.administrators'].length,
  *evaluate(evidence, { incident }) {
    const directory = {
      users: evidence['identity-store.users'],
      groups: evidence['identity-store.groups'],
      memberships: evidence['identity-store.memberships'],
      incident,
    };
    for (const [index, administrator] of evidence['identity-center.administrators'].entries()) {
      const { principalType, principalId, principalName, users } = administrator;
      yield {
        messageId: principalType === 'USER' ? 'user' : 'group',
        subject: assignmentSubject(administrator),
        data: {
          holder: principalName ?? principalId,
          account: administrator.accountId,
          set: administrator.permissionSetName,
          users: listText(users.map(({ id, userName }) => userName ?? id)),
        },
        signals: holderSignals(administrator, directory),
        evidence: [{ key: 'identity-center.administrators', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'Its holders sign in through Identity Center.' },
      };
    }
  },
});
