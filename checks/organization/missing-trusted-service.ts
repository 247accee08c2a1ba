import { defineCheck } from '../../src/model/check.ts';
import { listOption } from '../../src/model/check-option.ts';
import { trustedServiceSubject } from '../../src/model/organization-subject.ts';
import { trustedServiceProfile } from '../../src/model/trusted-services.ts';

type Context = Parameters<typeof listOption>[0];

/** Service principal to who expects it. The baseline speaks before the option. */
function expectedServices(context: Context): ReadonlyMap<string, string> {
  const { baseline } = context;
  const reviewed = baseline?.ofType('trusted-service') ?? [];
  return new Map([
    ...listOption(context, 'expected').map((id) => [id, 'the configuration expects it'] as const),
    ...reviewed.map(({ id }) => [id, `the baseline of ${baseline?.capturedAt} holds it`] as const),
  ]);
}

const lost =
  'Trusted access is off for {service}, although {source}: without it {loss}. Afterwards: {afterwards}.';

export default defineCheck({
  meta: {
    id: 'organization/missing-trusted-service',
    title: 'Every expected service has trusted access',
    failureTitle: 'Trusted access of a service is off',
    description:
      'Through trusted access a service works for the whole organization: it records, detects, configures or signs people in. One call in the management account turns it off, and nothing but the missing entry shows it. Enabling it again restores a permission only; the message says what has to be rebuilt. What is expected comes from the baseline or from the option `expected`.',
    kind: 'tampering',
    severity: 'medium',
    scope: 'organization',
    requires: ['organizations.trusted-services'],
    population: 'expected services',
    messages: {
      critical: { text: lost, severity: 'critical' },
      high: { text: lost, severity: 'high' },
      medium: { text: lost, severity: 'medium' },
      low: { text: lost, severity: 'low' },
      info: { text: lost, severity: 'info' },
      unlisted:
        'Trusted access is off for {service}, although {source}. What its loss means is not known here: ask its owner.',
    },
    remediation: {
      actions: ['trusted-service.enable', 'delegated-administrator.register'],
      why: 'With trusted access the service may work in the members again.',
      cautions: [
        'Enable it from the service’s own console or API where it has one; the call of Organizations alone may leave it half set up.',
        'Close the way by which it was turned off first.',
      ],
    },
    techniques: ['T1685', 'T1489'],
    frameworks: {
      'NIST 800-53 r5': ['CM-6', 'SI-4'],
      'NIST CSF 2.0': ['DE.CM-09', 'PR.PS-01'],
    },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html',
    ],
    options: {
      expected: {
        default: [],
        description: 'Service principals that must have trusted access, besides those of the baseline.',
      },
    },
    since: '0.1.0',
  },
  appliesTo: (context) =>
    expectedServices(context).size === 0
      ? 'Neither the baseline nor the option `expected` names a trusted service.'
      : null,
  examined: (_evidence, context) => expectedServices(context).size,
  *evaluate(evidence, context) {
    const trusted = new Set(
      evidence['organizations.trusted-services'].map(({ servicePrincipal }) => servicePrincipal),
    );
    for (const [service, source] of expectedServices(context)) {
      if (!trusted.has(service)) {
        const profile = trustedServiceProfile(service);
        yield {
          messageId: profile?.severity ?? 'unlisted',
          subject: trustedServiceSubject(service),
          data: {
            service,
            source,
            loss: profile?.loss ?? '',
            afterwards: profile?.afterwards ?? 'nothing is known to be lost',
          },
          survivesKeyRevocation: { answer: 'yes', why: 'It stays off until somebody turns it on.' },
        };
      }
    }
  },
});
