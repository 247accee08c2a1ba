import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { principalSubject } from '../../src/model/subject.ts';
import { distinctGrants, doorOf, type TrustGrant } from '../../src/model/trust-grant.ts';

function isForeignAccount({ principalKind, relation }: TrustGrant): boolean {
  const isAccount = ['account', 'iam-principal', 'canonical'].includes(principalKind);
  return isAccount && (relation === 'outside' || relation === 'unknown-organization');
}

function messageFor({ power }: Principal, grant: TrustGrant, isKnown: boolean) {
  if (isKnown) {
    return grant.guards.externalId ? null : 'knownWithoutExternalId';
  }
  if (grant.relation === 'unknown-organization') {
    return 'unknownOrganization';
  }
  if (grant.verdict === 'open') {
    return power.administrator === 'no' ? 'open' : 'openAdmin';
  }
  if (grant.guards.externalId) {
    return power.readsOnly ? 'externalIdReadOnly' : 'externalId';
  }
  return 'conditional';
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/external-trust',
    title: 'No role trusts an unknown account outside the organization',
    failureTitle: 'Role trusts an account outside the organization',
    description:
      'Whoever controls the trusted account enters with his own keys: nothing that is revoked here stops him. Trust documents carry no date of change, so a statement that was added to an old role shows only against a baseline or in CloudTrail. Vendors enter the same way; name their accounts in the incident file and pin them with an external id.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'in-window': 'critical',
      'changed-since-baseline': 'critical',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'roles',
    messages: {
      openAdmin: {
        text: 'Administrator role {role} trusts {principal}, outside the organization, without any guard.',
        severity: 'critical',
      },
      open: 'Role {role} trusts {principal}, outside the organization, without any guard.',
      externalId: {
        text: 'Role {role} trusts {principal}, outside the organization, with an external id.',
        severity: 'medium',
      },
      externalIdReadOnly: {
        text: 'Role {role}, which only reads, trusts {principal}, outside the organization, with an external id.',
        severity: 'low',
      },
      conditional: {
        text: 'Role {role} trusts {principal}, outside the organization, without an external id but under other conditions.',
        severity: 'medium',
      },
      unknownOrganization: {
        text: 'Role {role} trusts {principal}; whether that account belongs to the organization could not be seen.',
        severity: 'medium',
      },
      knownWithoutExternalId: {
        text: 'Role {role} trusts {principal}, which the incident file names as known, but without an external id.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['role.restore-trust', 'session.revoke', 'role.delete'],
      why: 'Once the trust is gone and older sessions are denied, the outsider has no way in.',
      cautions: [
        'Restore the trust first, revoke sessions second: the other order lets him assume the role again.',
      ],
    },
    techniques: ['T1098.003', 'T1199', 'T1484.002'],
    frameworks: {
      'NIST 800-53 r5': ['AC-3', 'AC-6', 'AC-20'],
      'NIST CSF 2.0': ['PR.AA-05'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-role').length,
  *evaluate({ principals }, { incident }) {
    const known = new Set(incident?.trusted.accounts ?? []);
    for (const [index, principal] of principals.entries()) {
      for (const grant of distinctGrants(principal.trust.filter(isForeignAccount))) {
        const isKnown = grant.accountId !== null && known.has(grant.accountId);
        const messageId = messageFor(principal, grant, isKnown);
        if (messageId === null) {
          continue;
        }
        yield {
          messageId,
          subject: principalSubject(principal),
          discriminator: doorOf(grant),
          data: { role: principal.name, principal: grant.principal },
          evidence: [{ key: 'principals', pointer: `/${index}/trust` }],
          survivesKeyRevocation: { answer: 'yes', why: 'The trusted account signs with its own keys.' },
        };
      }
    }
  },
});
