import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { principalSubject } from '../../src/model/subject.ts';
import { distinctGrants, doorOf, type TrustGrant } from '../../src/model/trust-grant.ts';

function messageFor({ power }: Principal, { guards, principalKind }: TrustGrant) {
  if (power.readsOnly) {
    return 'readOnly';
  }
  if (power.administrator === 'no') {
    return 'limited';
  }
  return guards.mfa || principalKind === 'iam-principal' ? 'guardedAdmin' : 'openAdmin';
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/management-account-trust',
    title: 'Roles that trust the management account are narrow',
    failureTitle: 'Role trusts the management account',
    description:
      'Organizations makes `OrganizationAccountAccessRole` in every account it creates, an administrator for anyone in the management account who may assume roles. A credential that leaks from the management account therefore reaches every member. Name one role of the management account and ask for MFA.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'roles',
    messages: {
      openAdmin:
        'Administrator role {role} trusts {principal}, the management account, without MFA or a named principal.',
      guardedAdmin: {
        text: 'Administrator role {role} trusts {principal}, in the management account, with MFA or a named principal.',
        severity: 'low',
      },
      limited: { text: 'Role {role} trusts {principal}, in the management account.', severity: 'low' },
      readOnly: {
        text: 'Role {role}, which only reads, trusts {principal}, in the management account.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['role.restore-trust'],
      why: 'A trust that names one role and asks for MFA cannot be used with a leaked key alone.',
      cautions: ['Control Tower and break-glass procedures may rely on the role: test them afterwards.'],
    },
    techniques: ['T1199', 'T1078.004'],
    frameworks: { 'NIST 800-53 r5': ['AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ unit, managementAccountId }) => {
    if (managementAccountId === null) {
      return 'The account is in no organization, or the organization is not in scope.';
    }
    return managementAccountId === unit.accountId ? 'This is the management account itself.' : null;
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-role').length,
  *evaluate({ principals }, { managementAccountId }) {
    for (const [index, principal] of principals.entries()) {
      const grants = principal.trust.filter(
        ({ accountId }) => accountId !== null && accountId === managementAccountId,
      );
      for (const grant of distinctGrants(grants)) {
        yield {
          messageId: messageFor(principal, grant),
          subject: principalSubject(principal),
          discriminator: doorOf(grant),
          data: { role: principal.name, principal: grant.principal },
          evidence: [{ key: 'principals', pointer: `/${index}/trust` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'Any credential of the management account can enter.',
          },
        };
      }
    }
  },
});
