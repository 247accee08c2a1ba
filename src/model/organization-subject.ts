import type {
  DelegatedAdministrator,
  Handshake,
  OrganizationAccount,
  OrganizationPolicy,
} from './evidence/organizations.ts';
import type { Subject } from './finding.ts';
import { delegatedAdministratorArn } from './resource-arn.ts';

/** Subjects of the organization checks; types and ARNs are those of ResourceFact. */
export function trustedServiceSubject(servicePrincipal: string): Subject {
  return { arn: servicePrincipal, type: 'trusted-service', name: servicePrincipal };
}

export function delegatedAdministratorSubject({ arn, accountId, name }: DelegatedAdministrator): Subject {
  return {
    arn: delegatedAdministratorArn(arn),
    uniqueId: accountId,
    type: 'delegated-administrator',
    name,
  };
}

export function organizationAccountSubject({ arn, id, name }: OrganizationAccount): Subject {
  return { arn, uniqueId: id, type: 'organization-account', name };
}

export function organizationPolicySubject({ arn, id, name }: OrganizationPolicy): Subject {
  return { arn, uniqueId: id, type: 'organization-policy', name };
}

export function handshakeSubject({ arn, id, action }: Handshake): Subject {
  return { arn, uniqueId: id, type: 'handshake', name: action };
}
