import { defineCheck } from '../../src/model/check.ts';
import { principalSubject } from '../../src/model/subject.ts';
import { distinctGrants, doorOf, type TrustGrant } from '../../src/model/trust-grant.ts';

function messageFor({ principal, verdict, guards, relation }: TrustGrant) {
  // An unreadable trust policy arrives as a grant to anyone whose principal is a remark in parentheses.
  if (principal.startsWith('(')) {
    return 'unreadable';
  }
  if (verdict === 'open') {
    return 'open';
  }
  if (guards.organization || guards.sourceAccount || guards.sourceArn) {
    return relation === 'outside' ? 'pinnedOutside' : 'pinned';
  }
  return guards.externalId ? 'externalIdOnly' : 'conditional';
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/anyone-trust',
    title: 'No role trusts anyone',
    failureTitle: 'Role trusts anyone',
    description:
      'A trust policy whose principal is `*` lets every AWS account in the world assume the role. Only a condition on the organization, account or source ARN closes it; an external id is a shared secret that travels in plain configuration, and a network range is no identity.',
    kind: 'residue',
    severity: 'critical',
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'roles',
    messages: {
      open: 'Role {role} trusts anyone, without any condition that narrows it.',
      externalIdOnly: { text: 'Role {role} trusts anyone who knows the external id.', severity: 'high' },
      conditional: {
        text: 'Role {role} trusts anyone under conditions that name neither organization nor account.',
        severity: 'medium',
      },
      unreadable: {
        text: 'The trust policy of role {role} could not be read: it may let in anyone.',
        severity: 'medium',
      },
      pinnedOutside: {
        text: 'Role {role} trusts anyone in accounts outside the organization that a condition names.',
        severity: 'high',
      },
      pinned: {
        text: 'Role {role} trusts anyone, narrowed to the organization or to named sources by a condition.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['role.restore-trust', 'session.revoke', 'role.delete'],
      why: 'A trust policy that names its principals admits nobody else.',
      cautions: ['Restore the trust first, then deny older sessions.'],
    },
    techniques: ['T1484.002', 'T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-role').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      const open = principal.trust.filter(({ principalKind }) => principalKind === 'anyone');
      for (const grant of distinctGrants(open)) {
        yield {
          messageId: messageFor(grant),
          subject: principalSubject(principal),
          discriminator: doorOf(grant),
          data: { role: principal.name },
          evidence: [{ key: 'principals', pointer: `/${index}/trust` }],
          survivesKeyRevocation: { answer: 'yes', why: 'Any AWS principal can assume the role.' },
        };
      }
    }
  },
});
