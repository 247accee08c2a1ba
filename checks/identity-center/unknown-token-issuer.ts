import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { tokenIssuerSubject } from '../../src/model/identity-center-subject.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/unknown-token-issuer',
    title: 'Every trusted token issuer is known',
    failureTitle: 'Unknown trusted token issuer',
    description:
      'A trusted token issuer lets tokens of an outside OIDC provider stand for users of the directory. Whoever controls the provider, or the claim that is matched, becomes any of them in the applications that accept its tokens. It carries no date, so only the baseline tells what is new.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'not-in-baseline': 'high',
      'changed-since-baseline': 'critical',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'organization',
    requires: ['identity-center.trusted-token-issuers'],
    optional: ['resources.organization'],
    tolerates: ['identity-center.trusted-token-issuers'],
    population: 'trusted token issuers',
    messages: {
      unknown: 'Nobody named trusted token issuer {name} ({type}) as known; its tokens come from {url}.',
    },
    remediation: {
      actions: ['identity-center.token-issuer-delete'],
      why: 'Its tokens stand for nobody any more.',
      cautions: ['Take it out of the grants of the applications first; keep address and claim mapping.'],
    },
    techniques: ['T1484.002', 'T1550.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-8'], 'NIST CSF 2.0': ['PR.AA-01', 'PR.AA-04'] },
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/using-apps-with-trusted-token-issuer.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.trusted-token-issuers'].length,
  *evaluate(evidence, { baseline, incident }) {
    const trusted = incident?.trusted.identityProviders ?? [];
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    for (const [index, issuer] of evidence['identity-center.trusted-token-issuers'].entries()) {
      const { arn, name, type, issuerUrl } = issuer;
      const isNamed = [arn, name, issuerUrl ?? ''].some((id) => trusted.includes(id));
      if (isNamed || standingOf('trusted-token-issuer', arn) === 'reviewed') {
        continue;
      }
      yield {
        messageId: 'unknown',
        subject: tokenIssuerSubject(issuer),
        data: { name, type, url: issuerUrl ?? 'an address that is not told' },
        evidence: [{ key: 'identity-center.trusted-token-issuers', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The provider signs tokens without any AWS key.' },
      };
    }
  },
});
