import type { ResourceFact } from '../../model/evidence/derived.ts';
import type {
  DirectoryGroup,
  DirectoryUser,
  GroupMembership,
  IdentityCenterInstance,
  PermissionSet,
} from '../../model/evidence/identity-center.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import { accessControlAttributesArn, assignmentArn, directoryArn } from '../../model/resource-arn.ts';
import { contentDigest, resourceFact, sortedTexts } from './resource-fact.ts';

type IdentityCenterKey =
  | 'identity-center.organization-instances'
  | 'identity-center.permission-sets'
  | 'identity-center.assignments'
  | 'identity-center.applications'
  | 'identity-center.trusted-token-issuers'
  | 'identity-center.access-control-attributes'
  | 'identity-store.users'
  | 'identity-store.groups'
  | 'identity-store.memberships';

export type IdentityCenterParts = { readonly [Key in IdentityCenterKey]: EvidenceCatalog[Key] | null };

/** Where only the making is dated, if at all. */
function sinceCreation(createdAt: string | null): Pick<ResourceFact, 'createdAt' | 'changeCoverage'> {
  return { createdAt, changeCoverage: createdAt === null ? 'none' : 'created-only' };
}

export function instanceFacts(instances: readonly IdentityCenterInstance[] | null): readonly ResourceFact[] {
  return (instances ?? []).map((instance) =>
    resourceFact({
      arn: instance.arn,
      type: 'identity-center-instance',
      name: instance.name ?? instance.arn,
      accountId: instance.ownerAccountId,
      region: instance.region,
      ...sinceCreation(instance.createdAt),
    }),
  );
}

function permissionSetFact(set: PermissionSet): ResourceFact {
  return resourceFact({
    arn: set.arn,
    type: 'permission-set',
    name: set.name,
    ...sinceCreation(set.createdAt),
    contentSha256: contentDigest({
      sessionDuration: set.sessionDuration,
      relayState: set.relayState,
      managed: sortedTexts(set.managedPolicies.map(({ arn }) => arn)),
      customerManaged: sortedTexts(set.customerManagedPolicies.map(({ path, name }) => `${path}${name}`)),
      inline: set.inlinePolicy,
      boundary: { ...set.permissionsBoundary },
    }),
  });
}

/** The directory dates changes of a user's or group's own attributes; memberships are things of their own. */
function directoryEntryFact(
  entry: DirectoryUser | DirectoryGroup,
  kind: 'user' | 'group',
  partition: string,
): ResourceFact {
  const isUser = 'userName' in entry;
  return resourceFact({
    arn: directoryArn(kind, partition, entry.id),
    uniqueId: entry.id,
    type: `directory-${kind}`,
    name: isUser ? entry.userName : entry.displayName,
    createdAt: entry.createdAt,
    modifiedAt: entry.updatedAt,
    changeCoverage: entry.updatedAt === null ? 'none' : 'complete',
    createdBy: entry.createdBy,
    contentSha256: isUser
      ? contentDigest({
          userName: entry.userName,
          status: entry.status,
          issuers: sortedTexts(entry.externalIssuers),
        })
      : contentDigest({ displayName: entry.displayName }),
  });
}

/** A membership is made and removed, never changed. */
function membershipFact(membership: GroupMembership, partition: string): ResourceFact {
  return resourceFact({
    arn: directoryArn('membership', partition, membership.id),
    uniqueId: membership.id,
    type: 'directory-membership',
    name: `${membership.userId} in ${membership.groupId}`,
    createdAt: membership.createdAt,
    modifiedAt: membership.createdAt,
    changeCoverage: membership.createdAt === null ? 'none' : 'complete',
    createdBy: membership.createdBy,
  });
}

/** Assignments carry no date at all. */
function assignmentFacts(evidence: IdentityCenterParts): readonly ResourceFact[] {
  return (evidence['identity-center.assignments'] ?? []).map((assignment) =>
    resourceFact({
      arn: assignmentArn(assignment),
      type: 'assignment',
      name: `${assignment.principalType} ${assignment.principalId}`,
      accountId: assignment.accountId,
    }),
  );
}

function federationFacts(evidence: IdentityCenterParts): readonly ResourceFact[] {
  return [
    ...(evidence['identity-center.applications'] ?? []).map((application) =>
      resourceFact({
        arn: application.arn,
        type: 'application',
        name: application.name,
        accountId: application.ownerAccountId,
        ...sinceCreation(application.createdAt),
        contentSha256: contentDigest({
          provider: application.providerArn,
          status: application.status,
          assignmentRequired: application.assignmentRequired,
          grants: sortedTexts(application.grants),
        }),
      }),
    ),
    ...(evidence['identity-center.trusted-token-issuers'] ?? []).map((issuer) =>
      resourceFact({
        arn: issuer.arn,
        type: 'trusted-token-issuer',
        name: issuer.name,
        contentSha256: contentDigest({ type: issuer.type, issuer: issuer.issuerUrl }),
      }),
    ),
    ...(evidence['identity-center.access-control-attributes'] ?? [])
      .filter(({ present }) => present)
      .map(({ instanceArn, status, attributes }) =>
        resourceFact({
          arn: accessControlAttributesArn(instanceArn),
          type: 'access-control-attributes',
          name: 'attributes for access control',
          contentSha256: contentDigest({
            status,
            attributes: attributes.map(({ key, sources }) => ({ key, sources: sortedTexts(sources) })),
          }),
        }),
      ),
  ];
}

export function identityCenterFacts(
  evidence: IdentityCenterParts,
  partition: string,
): readonly ResourceFact[] {
  return [
    ...instanceFacts(evidence['identity-center.organization-instances']),
    ...(evidence['identity-center.permission-sets'] ?? []).map(permissionSetFact),
    ...assignmentFacts(evidence),
    ...federationFacts(evidence),
    ...(evidence['identity-store.users'] ?? []).map((user) => directoryEntryFact(user, 'user', partition)),
    ...(evidence['identity-store.groups'] ?? []).map((group) =>
      directoryEntryFact(group, 'group', partition),
    ),
    ...(evidence['identity-store.memberships'] ?? []).map((membership) =>
      membershipFact(membership, partition),
    ),
  ];
}
