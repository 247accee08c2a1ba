import { notInAnyBaseline } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import { trustedServiceSubject } from '../../src/model/organization-subject.ts';
import { organizationPowerOf } from '../../src/model/trusted-services.ts';

export default defineCheck({
  meta: {
    id: 'organization/unknown-trusted-service',
    title: 'Every service with trusted access is in the baseline',
    failureTitle: 'Service with trusted access is not in the baseline',
    description:
      'Trusted access lets a service act in every member, now and in accounts that join later. An intruder in the management account can give it to a service that nobody uses and then work through that service: stack sets deploy roles, Identity Center gives access, central root management acts as root. Without a baseline the services are listed in the inventory.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'high', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['organizations.trusted-services'],
    tolerates: ['organizations.trusted-services'],
    population: 'trusted services',
    messages: {
      unknown: 'The baseline does not hold trusted access for {service}.',
      powerful: {
        text: 'The baseline does not hold trusted access for {service}, which can {power}.',
        severity: 'high',
      },
    },
    remediation: {
      actions: ['trusted-service.disable', 'delegated-administrator.deregister'],
      why: 'Without trusted access the service cannot reach into the members.',
      cautions: [
        'Undo what was done through it in the members first: turning it off does not.',
        'Deregister its delegated administrators before; disable it from the service itself.',
      ],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6', 'CM-7'], 'NIST CSF 2.0': ['PR.AA-05', 'PR.PS-01'] },
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html'],
    since: '0.1.0',
  },
  appliesTo: (context) => notInAnyBaseline(context, 'trusted-service'),
  examined: (evidence) => evidence['organizations.trusted-services'].length,
  *evaluate(evidence, { baseline }) {
    for (const [index, { servicePrincipal }] of evidence['organizations.trusted-services'].entries()) {
      if (baseline?.find('trusted-service', servicePrincipal)) {
        continue;
      }
      const power = organizationPowerOf(servicePrincipal);
      yield {
        messageId: power === null ? 'unknown' : 'powerful',
        subject: trustedServiceSubject(servicePrincipal),
        data: { service: servicePrincipal, power: power ?? '' },
        evidence: [{ key: 'organizations.trusted-services', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The service acts by its own right.' },
      };
    }
  },
});
