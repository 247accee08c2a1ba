import { defineCheck } from '../../src/model/check.ts';

const workloadIssuer =
  /^(https:\/\/)?(token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\/[A-Z0-9]+)$/;

export default defineCheck({
  meta: {
    id: 'leftover-admins/unknown-identity-provider',
    title: 'Every identity provider is known',
    failureTitle: 'Unknown identity provider',
    description:
      'Whoever controls an identity provider that the account trusts signs his own way in and needs no AWS key. A foreign SAML or OIDC provider is therefore the most durable back door there is. Name your own providers in the incident file or the baseline; Identity Center’s own provider is judged by `leftover-admins/swapped-identity-center-provider`.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'critical',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.saml-providers', 'iam.oidc-providers'],
    tolerates: ['iam.saml-providers', 'iam.oidc-providers'],
    population: 'identity providers',
    messages: {
      saml: 'Nobody named SAML provider {name} (issuer {issuer}) as known.',
      oidc: 'Nobody named OIDC provider {name} as known.',
      workload: {
        text: 'OIDC provider {name} is a common issuer for CI or Kubernetes; nobody named it as known.',
        severity: 'low',
      },
      reviewed: { text: 'Identity provider {name} is in the baseline.', severity: 'info' },
    },
    remediation: {
      actions: ['role.restore-trust', 'identity-provider.delete', 'session.revoke'],
      why: 'Without the provider no outside signature opens a role.',
      cautions: [
        'Clean the trust policies first: a new provider of the same name would revive them.',
        'Save the metadata: issuer and certificates identify the intruder’s service.',
      ],
    },
    techniques: ['T1484.002', 'T1606.002'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-8'], 'NIST CSF 2.0': ['PR.AA-01', 'PR.AA-04'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.saml-providers'].length + evidence['iam.oidc-providers'].length,
  *evaluate(evidence, { incident, baseline }) {
    const trusted = new Set(incident?.trusted.identityProviders ?? []);
    const survivesKeyRevocation = {
      answer: 'yes',
      why: 'The provider signs entries without any AWS key.',
    } as const;
    for (const [index, { arn, name, issuer }] of evidence['iam.saml-providers'].entries()) {
      if (/^AWSSSO_.+_DO_NOT_DELETE$/.test(name) || [arn, name, issuer ?? ''].some((id) => trusted.has(id))) {
        continue;
      }
      yield {
        messageId: baseline?.find('saml-provider', arn) ? 'reviewed' : 'saml',
        subject: { arn, type: 'saml-provider', name },
        data: { name, issuer: issuer ?? 'unreadable' },
        evidence: [{ key: 'iam.saml-providers', pointer: `/${index}` }],
        survivesKeyRevocation,
      };
    }
    for (const [index, { arn, url }] of evidence['iam.oidc-providers'].entries()) {
      if ([arn, url, `https://${url}`].some((id) => trusted.has(id))) {
        continue;
      }
      const unknown = workloadIssuer.test(url) ? 'workload' : 'oidc';
      yield {
        messageId: baseline?.find('oidc-provider', arn) ? 'reviewed' : unknown,
        subject: { arn, type: 'oidc-provider', name: url },
        data: { name: url },
        evidence: [{ key: 'iam.oidc-providers', pointer: `/${index}` }],
        survivesKeyRevocation,
      };
    }
  },
});
