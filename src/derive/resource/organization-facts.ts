import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { OrganizationPolicy, OrganizationResourcePolicy } from '../../model/evidence/organizations.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import { delegatedAdministratorArn } from '../../model/resource-arn.ts';
import { contentDigest, resourceFact, sortedTexts } from './resource-fact.ts';

type OrganizationKey =
  | 'organizations.accounts'
  | 'organizations.roots'
  | 'organizations.organizational-units'
  | 'organizations.policies'
  | 'organizations.trusted-services'
  | 'organizations.delegated-administrators'
  | 'organizations.resource-policy';

export type OrganizationParts = { readonly [Key in OrganizationKey]: EvidenceCatalog[Key] | null };

/** Organizations dates joining, enabling and delegating; it dates no change of a policy, unit or root. */
function since(at: string | null): Pick<ResourceFact, 'createdAt' | 'changeCoverage'> {
  return { createdAt: at, changeCoverage: at === null ? 'none' : 'created-only' };
}

function policyFact(policy: OrganizationPolicy): ResourceFact {
  return resourceFact({
    arn: policy.arn,
    uniqueId: policy.id,
    type: 'organization-policy',
    name: policy.name,
    contentSha256: contentDigest({
      type: policy.type,
      document: policy.document,
      targets: sortedTexts(policy.targets.map(({ id }) => id)),
    }),
  });
}

function resourcePolicyFacts(policy: OrganizationResourcePolicy | null): readonly ResourceFact[] {
  return policy?.present
    ? [
        resourceFact({
          arn: policy.arn,
          type: 'organization-resource-policy',
          name: 'resource policy',
          contentSha256: contentDigest(policy.document),
        }),
      ]
    : [];
}

function treeFacts(evidence: OrganizationParts): readonly ResourceFact[] {
  return [
    ...(evidence['organizations.accounts'] ?? []).map((account) =>
      resourceFact({
        arn: account.arn,
        uniqueId: account.id,
        type: 'organization-account',
        name: account.name,
        accountId: account.id,
        ...since(account.joinedAt),
        contentSha256: contentDigest({ state: account.state, path: account.path }),
      }),
    ),
    ...(evidence['organizations.organizational-units'] ?? []).map((unit) =>
      resourceFact({
        arn: unit.arn,
        uniqueId: unit.id,
        type: 'organizational-unit',
        name: unit.name,
        contentSha256: contentDigest({ parent: unit.parentId }),
      }),
    ),
    ...(evidence['organizations.roots'] ?? []).map((root) =>
      resourceFact({
        arn: root.arn,
        uniqueId: root.id,
        type: 'organization-root',
        name: root.name,
        contentSha256: contentDigest(
          Object.fromEntries(root.policyTypes.map(({ type, status }) => [type, status])),
        ),
      }),
    ),
  ];
}

function trustFacts(evidence: OrganizationParts): readonly ResourceFact[] {
  return [
    ...(evidence['organizations.trusted-services'] ?? []).map(({ servicePrincipal, enabledAt }) =>
      resourceFact({
        arn: servicePrincipal,
        type: 'trusted-service',
        name: servicePrincipal,
        ...since(enabledAt),
      }),
    ),
    ...(evidence['organizations.delegated-administrators'] ?? []).map((administrator) =>
      resourceFact({
        arn: delegatedAdministratorArn(administrator.arn),
        uniqueId: administrator.accountId,
        type: 'delegated-administrator',
        name: administrator.name,
        accountId: administrator.accountId,
        ...since(administrator.enabledAt),
        contentSha256: contentDigest(
          sortedTexts(administrator.services.map(({ servicePrincipal }) => servicePrincipal)),
        ),
      }),
    ),
  ];
}

export function organizationFacts(evidence: OrganizationParts): readonly ResourceFact[] {
  return [
    ...treeFacts(evidence),
    ...(evidence['organizations.policies'] ?? []).filter(({ awsManaged }) => !awsManaged).map(policyFact),
    ...resourcePolicyFacts(evidence['organizations.resource-policy']),
    ...trustFacts(evidence),
  ];
}
