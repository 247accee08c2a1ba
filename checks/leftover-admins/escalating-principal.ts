import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { principalSubject } from '../../src/model/subject.ts';

/** Assuming one named role is ordinary role chaining; what that role may do is judged at the role. */
function isRoleChaining(actions: readonly string[], scope: string): boolean {
  return scope !== 'all' && actions.every((action) => action === 'sts:AssumeRole');
}

function capabilitiesOf({ power }: Principal) {
  const paths = power.escalationPaths.filter(({ actions, scope }) => !isRoleChaining(actions, scope));
  const minting = power.mintsCredentials.filter(({ action, scope }) => !isRoleChaining([action], scope));
  const certainPaths = paths.filter(({ verdict }) => verdict === 'allowed');
  const certainMinting = minting.filter(({ verdict, scope }) => verdict === 'allowed' && scope !== 'own');
  return { paths, minting, certainPaths, certainMinting };
}

function messageFor({ paths, minting, certainPaths, certainMinting }: ReturnType<typeof capabilitiesOf>) {
  if (certainPaths.length > 0) {
    return 'escalates';
  }
  if (certainMinting.length > 0) {
    return 'mints';
  }
  return paths.length === 0 && minting.every(({ scope }) => scope === 'own')
    ? 'ownCredentials'
    : 'conditional';
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/escalating-principal',
    title: 'No principal below administrator can mint credentials or escalate',
    failureTitle: 'Principal can mint credentials or escalate its rights',
    description:
      'These users, groups and roles are no administrators by name, but their permissions lead there or make new credentials for others. An intruder who holds one has a way back after every removal. The permissions are there; whether a suitable target exists is said per path.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'principals that are not service-linked',
    messages: {
      escalates: '{type} {name} can raise its rights: {paths}. It may also call: {actions}.',
      mints: '{type} {name} can make or keep credentials: {actions}.',
      conditional: {
        text: '{type} {name} may be able to raise its rights ({paths}) or to make credentials ({actions}), under conditions that cannot be decided here.',
        severity: 'low',
      },
      ownCredentials: { text: '{type} {name} can make credentials for itself: {actions}.', severity: 'low' },
    },
    remediation: {
      actions: ['principal.reduce', 'principal.contain', 'role.delete', 'user.delete'],
      why: 'Cutting the smallest permission of each path ends the path.',
      cautions: [
        'Deployment roles need some of these rights: narrow them to named targets and pass only named roles.',
      ],
    },
    techniques: ['T1098', 'T1548.005'],
    frameworks: { 'NIST 800-53 r5': ['AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://pathfinding.cloud/'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ managedBy }) => managedBy !== 'service-linked').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      const capabilities = capabilitiesOf(principal);
      const { paths, minting } = capabilities;
      const isAdmin = principal.power.administrator === 'yes';
      if (isAdmin || principal.managedBy === 'service-linked' || paths.length + minting.length === 0) {
        continue;
      }
      const titles = paths.map(({ id, title }) => `${title} [${id}]`);
      yield {
        messageId: messageFor(capabilities),
        subject: principalSubject(principal),
        data: {
          type: principal.type,
          name: principal.name,
          paths: titles.length === 0 ? 'none' : titles.join('; '),
          actions: minting.length === 0 ? 'none' : minting.map(({ action }) => action).join(', '),
        },
        signals: paths.map(({ id, mustExist }) => ({
          code: 'can-escalate',
          fact: mustExist === '' ? id : `${id}; must exist: ${mustExist}`,
          source: 'principals',
        })),
        evidence: [{ key: 'principals', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The rights stay with every other credential.' },
      };
    }
  },
});
