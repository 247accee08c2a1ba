import { noIncidentWindow, notInAnyBaseline } from '../../src/model/applicability.ts';
import { type CheckContext, defineCheck } from '../../src/model/check.ts';
import type { TrustedService } from '../../src/model/evidence/organizations.ts';
import { trustedServiceSubject } from '../../src/model/organization-subject.ts';
import { trustedServiceProfile } from '../../src/model/trusted-services.ts';

const type = 'trusted-service';

/** Whether a reviewed service was off in between (`known`), or a service appeared since the window began (`undated`). */
function suspicionOf({ servicePrincipal, enabledAt }: TrustedService, context: CheckContext) {
  const { baseline, incident } = context;
  if (enabledAt === null) {
    return null;
  }
  if (baseline !== null && notInAnyBaseline(context, type) === null) {
    const isReviewed = baseline.find(type, servicePrincipal) !== null;
    return isReviewed && Date.parse(enabledAt) > Date.parse(baseline.capturedAt) ? 'known' : null;
  }
  const from = incident?.window?.from;
  return from !== undefined && Date.parse(enabledAt) >= Date.parse(from) ? 'undated' : null;
}

export default defineCheck({
  meta: {
    id: 'organization/re-enabled-trusted-service',
    title: 'Trusted access of every service is older than the incident',
    failureTitle: 'Trusted access was given again or anew',
    description:
      'Organizations keeps one date per service: when trusted access was given last. A service that the baseline holds but that was enabled later was off in between, and what it lost then does not come back by itself. Without a baseline, one that was enabled since the incident began was either off before or is new; both want an explanation.',
    kind: 'tampering',
    severity: 'medium',
    scope: 'organization',
    requires: ['organizations.trusted-services'],
    tolerates: ['organizations.trusted-services'],
    population: 'trusted services',
    messages: {
      offInBetween:
        'Trusted access for {service} dates from {enabledAt}, later than the baseline that holds it: it was off in between. Verify: {afterwards}.',
      offInBetweenGrave: {
        text: 'Trusted access for {service} dates from {enabledAt}, later than the baseline that holds it: it was off in between. Verify: {afterwards}.',
        severity: 'high',
      },
      sinceIncident:
        'Trusted access for {service} dates from {enabledAt}, after the incident began: it was off before, or is new. Verify: {afterwards}.',
    },
    remediation: {
      actions: ['trusted-service.enable', 'delegated-administrator.register'],
      why: 'The permission is back; what the service kept in the members has to be rebuilt and looked at.',
      cautions: ['The time in which it was off is a blind spot: look at it by other means.'],
    },
    techniques: ['T1685', 'T1098.003'],
    frameworks: {
      'NIST 800-53 r5': ['CM-6', 'SI-4'],
      'NIST CSF 2.0': ['DE.CM-09', 'RS.AN-03'],
    },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnabledServicePrincipal.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html',
    ],
    since: '0.1.0',
  },
  appliesTo: (context) => noIncidentWindow(context) && notInAnyBaseline(context, type),
  examined: (evidence) => evidence['organizations.trusted-services'].length,
  *evaluate(evidence, context) {
    for (const [index, service] of evidence['organizations.trusted-services'].entries()) {
      const suspicion = suspicionOf(service, context);
      if (suspicion === null) {
        continue;
      }
      const { servicePrincipal } = service;
      const profile = trustedServiceProfile(servicePrincipal);
      const isGrave = profile?.severity === 'critical' || profile?.severity === 'high';
      const known = isGrave ? 'offInBetweenGrave' : 'offInBetween';
      yield {
        messageId: suspicion === 'known' ? known : 'sinceIncident',
        subject: trustedServiceSubject(servicePrincipal),
        data: {
          service: servicePrincipal,
          enabledAt: service.enabledAt ?? '',
          afterwards: profile?.afterwards ?? 'what its owner says it keeps in the members',
        },
        evidence: [{ key: 'organizations.trusted-services', pointer: `/${index}` }],
      };
    }
  },
});
