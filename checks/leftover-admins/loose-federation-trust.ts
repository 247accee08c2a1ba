import { defineCheck } from '../../src/model/check.ts';
import { principalSubject } from '../../src/model/subject.ts';
import { distinctGrants, doorOf, type TrustGrant } from '../../src/model/trust-grant.ts';

function messageFor({ principalKind, accountId, guards, verdict }: TrustGrant) {
  switch (principalKind) {
    case 'oidc':
      if (accountId === null) {
        return 'builtIn';
      }
      return guards.subject === 'tight' ? null : guards.subject === 'none' ? 'anySubject' : 'looseSubject';
    case 'saml':
      return verdict === 'open' ? 'openSaml' : null;
    case 'federated-other':
      return 'builtIn';
    default:
      return null;
  }
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/loose-federation-trust',
    title: 'Federated trust pins who may enter',
    failureTitle: 'Role trusts an identity provider too widely',
    description:
      'The issuer of a CI service signs tokens for all of its customers: a role that does not pin the subject lets any of them in. A loosened condition on an old role is a quiet back door, because provider and role both look familiar. Built-in web identities (Cognito, Google, Facebook, Amazon) need no provider object, so no provider list shows them.',
    kind: 'residue',
    severity: 'medium',
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
      anySubject: {
        text: 'Role {role} trusts {provider} without pinning the subject: every identity of that issuer may enter.',
        severity: 'high',
      },
      looseSubject: 'Role {role} trusts {provider} with a wildcard in the subject.',
      openSaml: 'Role {role} trusts {provider} without any condition on the assertion.',
      builtIn:
        'Role {role} trusts the built-in identity provider {provider}; check that its audience is your own.',
    },
    remediation: {
      actions: ['role.restore-trust', 'session.revoke'],
      why: 'An exact subject and audience admit one known workload.',
      cautions: ['Ask the owner for the exact repository, branch or environment before narrowing.'],
    },
    techniques: ['T1199', 'T1484.002'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-6', 'IA-8'], 'NIST CSF 2.0': ['PR.AA-04', 'PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-role').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      for (const grant of distinctGrants(principal.trust)) {
        const messageId = principal.managedBy === 'customer' ? messageFor(grant) : null;
        if (messageId === null) {
          continue;
        }
        yield {
          messageId,
          subject: principalSubject(principal),
          discriminator: doorOf(grant),
          data: { role: principal.name, provider: grant.principal },
          evidence: [{ key: 'principals', pointer: `/${index}/trust` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'Entry needs a token of the provider and no AWS key.',
          },
        };
      }
    }
  },
});
