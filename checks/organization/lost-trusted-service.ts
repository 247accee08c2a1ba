import { notInAnyBaseline, notManagementAccount } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { IamRole } from '../../src/model/evidence/iam.ts';
import { listText } from '../../src/model/list-text.ts';
import { trustedServiceSubject } from '../../src/model/organization-subject.ts';
import { leftoverRole, trustedServiceProfile } from '../../src/model/trusted-services.ts';

function leftoverRoles(roles: readonly IamRole[]) {
  return roles.flatMap((role, index) => {
    const leftover = leftoverRole(role.path);
    return leftover === null ? [] : [{ ...leftover, name: role.name, index }];
  });
}

export default defineCheck({
  meta: {
    id: 'organization/lost-trusted-service',
    title: 'No service-linked role of the management account speaks of lost trusted access',
    failureTitle: 'Trusted access of a service seems to have been turned off',
    description:
      'Turning trusted access off leaves the service-linked role that the service made in the management account. Such a role without trusted access is a trace of it, where no baseline tells what was on. It is an inference: the owner may have turned the service off long ago, and some services make the same role when they are used in one account only. With a baseline, `organization/missing-trusted-service` knows better.',
    kind: 'tampering',
    severity: 'medium',
    scope: 'account',
    requires: ['iam.authorization-details', 'organizations.trusted-services'],
    tolerates: ['iam.authorization-details'],
    population: 'service-linked roles of services that work for organizations',
    messages: {
      organizationRole:
        'Role {roles} is made for an organization, but {service} has no trusted access: it was probably turned off. Without it {loss}.',
      sharedRole: {
        text: 'Role {roles} shows that {service} is or was in use, but it has no trusted access: it may have been turned off, or was only ever used in this account. Without it {loss}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['trusted-service.enable', 'delegated-administrator.register'],
      why: 'With trusted access the service may work in the members again.',
      cautions: [
        'Ask the owner first whether the service worked for the whole organization.',
        'Look for DisableAWSServiceAccess in the management account’s event history of us-east-1.',
      ],
    },
    techniques: ['T1685', 'T1489'],
    frameworks: {
      'NIST 800-53 r5': ['CM-6', 'SI-4'],
      'NIST CSF 2.0': ['DE.CM-09', 'PR.PS-01'],
    },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html',
    ],
    since: '0.1.0',
  },
  appliesTo: (context) =>
    notManagementAccount(context) ??
    (notInAnyBaseline(context, 'trusted-service') === null
      ? 'The baseline tells which services had trusted access.'
      : null),
  examined: (evidence) => leftoverRoles(evidence['iam.authorization-details'].roles).length,
  *evaluate(evidence) {
    const trusted = new Set(
      evidence['organizations.trusted-services'].map(({ servicePrincipal }) => servicePrincipal),
    );
    const roles = leftoverRoles(evidence['iam.authorization-details'].roles).filter(
      ({ servicePrincipal }) => !trusted.has(servicePrincipal),
    );
    for (const service of new Set(roles.map(({ servicePrincipal }) => servicePrincipal))) {
      const own = roles.filter(({ servicePrincipal }) => servicePrincipal === service);
      yield {
        messageId: own.some(({ organizationOnly }) => organizationOnly) ? 'organizationRole' : 'sharedRole',
        subject: trustedServiceSubject(service),
        data: {
          service,
          roles: listText(own.map(({ name }) => name)),
          loss: trustedServiceProfile(service)?.loss ?? 'it does nothing for the members',
        },
        evidence: own.map(({ index }) => ({
          key: 'iam.authorization-details' as const,
          pointer: `/roles/${index}`,
        })),
      };
    }
  },
});
