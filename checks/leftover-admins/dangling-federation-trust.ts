import { defineCheck } from '../../src/model/check.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/dangling-federation-trust',
    title: 'No role trusts an identity provider that does not exist',
    failureTitle: 'Role trusts an identity provider that does not exist',
    description:
      'The ARN of an identity provider is built from its name or URL. A trust that outlived its provider comes alive again as soon as somebody makes a provider of that name. It may be left from a clean-up that removed the provider and forgot the roles.',
    kind: 'residue',
    severity: 'low',
    raise: { 'in-window': 'high', 'changed-since-baseline': 'high', 'created-by-incident': 'high' },
    scope: 'account',
    requires: ['principals', 'iam.saml-providers', 'iam.oidc-providers'],
    tolerates: ['principals'],
    population: 'roles',
    messages: { missing: 'Role {role} trusts {provider}, which does not exist in the account.' },
    remediation: {
      actions: ['role.restore-trust', 'role.delete'],
      why: 'A trust that names nothing cannot be revived.',
      cautions: [
        'A provider that was deleted to lock the owner out is made again instead, with the same name.',
      ],
    },
    techniques: ['T1484.002'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-04', 'PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-role').length,
  *evaluate(evidence) {
    const existing = new Set(
      [...evidence['iam.saml-providers'], ...evidence['iam.oidc-providers']].map(({ arn }) => arn),
    );
    for (const [index, principal] of evidence.principals.entries()) {
      const named = principal.trust.map((grant) => grant.principal);
      const missing = named.filter((arn) => /:(saml|oidc)-provider\//.test(arn) && !existing.has(arn));
      for (const provider of [...new Set(missing)].sort()) {
        yield {
          messageId: 'missing',
          subject: principalSubject(principal),
          discriminator: provider,
          data: { role: principal.name, provider },
          evidence: [{ key: 'principals', pointer: `/${index}/trust` }],
          survivesKeyRevocation: {
            answer: 'until',
            why: 'It is dead until a provider of that name is made.',
          },
        };
      }
    }
  },
});
