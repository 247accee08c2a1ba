import {
  type AttachedPolicy as AttachedPolicyDetail,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  type GroupDetail,
  type ManagedPolicyDetail,
  type PolicyDetail,
  type RoleDetail,
  type Tag as TagDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../aws/operation.ts';
import type {
  AttachedPolicy,
  AuthorizationDetails,
  IamGroup,
  IamRole,
  IamUser,
  ManagedPolicy,
  NamedPolicyText,
  PolicyVersion,
  Tag,
} from '../../../model/evidence/iam.ts';
import type { Observation } from '../../../model/observation.ts';
import type { CollectContext } from '../../define-collector.ts';
import { isoTime } from './iso-time.ts';
import { Reading } from './reading.ts';
import { sortedBy } from './sorted-by.ts';

/** Shared by the first reading and the closing one. */
export const authorizationDetailsOperations = [
  {
    service: 'iam',
    command: 'GetAccountAuthorizationDetails',
    permission: 'iam:GetAccountAuthorizationDetails',
  },
] as const satisfies readonly Operation[];

type Detail =
  | { readonly kind: 'user'; readonly detail: UserDetail }
  | { readonly kind: 'group'; readonly detail: GroupDetail }
  | { readonly kind: 'role'; readonly detail: RoleDetail }
  | { readonly kind: 'policy'; readonly detail: ManagedPolicyDetail };

const detailsOf = (output: GetAccountAuthorizationDetailsCommandOutput): readonly Detail[] => [
  ...(output.UserDetailList ?? []).map((detail) => ({ kind: 'user' as const, detail })),
  ...(output.GroupDetailList ?? []).map((detail) => ({ kind: 'group' as const, detail })),
  ...(output.RoleDetailList ?? []).map((detail) => ({ kind: 'role' as const, detail })),
  ...(output.Policies ?? []).map((detail) => ({ kind: 'policy' as const, detail })),
];

const lastSegment = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const isSome = <Item>(item: Item | null): item is Item => item !== null;

const inlinePolicies = (
  reading: Reading,
  policies: readonly PolicyDetail[] | undefined,
  owner: string,
): readonly NamedPolicyText[] =>
  sortedBy(
    (policies ?? [])
      .map((policy) => {
        const fields = reading.required({ policyName: policy.PolicyName }, owner);
        const resource = `${owner} inline policy ${policy.PolicyName ?? ''}`;
        return fields === null
          ? null
          : { name: fields.policyName, document: reading.policy(policy.PolicyDocument, resource) };
      })
      .filter(isSome),
    (policy) => policy.name,
  );

const attachedPolicies = (
  reading: Reading,
  policies: readonly AttachedPolicyDetail[] | undefined,
  owner: string,
): readonly AttachedPolicy[] =>
  sortedBy(
    (policies ?? [])
      .map((policy) => {
        const fields = reading.required({ policyArn: policy.PolicyArn }, owner);
        return fields === null
          ? null
          : { arn: fields.policyArn, name: policy.PolicyName ?? lastSegment(fields.policyArn) };
      })
      .filter(isSome),
    (policy) => policy.arn,
  );

const tagsOf = (tags: readonly TagDetail[] | undefined): readonly Tag[] =>
  sortedBy(
    (tags ?? []).map(({ Key, Value }) => ({ key: Key ?? '', value: Value ?? '' })),
    (tag) => tag.key,
  );

const userOf = (reading: Reading, detail: UserDetail): IamUser | null => {
  const fields = reading.required(
    {
      arn: detail.Arn,
      name: detail.UserName,
      path: detail.Path,
      userId: detail.UserId,
      createdAt: isoTime(detail.CreateDate),
    },
    detail.Arn ?? 'user',
  );
  return fields === null
    ? null
    : {
        ...fields,
        groups: sortedBy(detail.GroupList ?? [], (group) => group),
        inlinePolicies: inlinePolicies(reading, detail.UserPolicyList, fields.arn),
        attachedPolicies: attachedPolicies(reading, detail.AttachedManagedPolicies, fields.arn),
        permissionsBoundaryArn: detail.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
        tags: tagsOf(detail.Tags),
      };
};

const groupOf = (reading: Reading, detail: GroupDetail): IamGroup | null => {
  const fields = reading.required(
    {
      arn: detail.Arn,
      name: detail.GroupName,
      path: detail.Path,
      groupId: detail.GroupId,
      createdAt: isoTime(detail.CreateDate),
    },
    detail.Arn ?? 'group',
  );
  return fields === null
    ? null
    : {
        ...fields,
        inlinePolicies: inlinePolicies(reading, detail.GroupPolicyList, fields.arn),
        attachedPolicies: attachedPolicies(reading, detail.AttachedManagedPolicies, fields.arn),
      };
};

const roleOf = (reading: Reading, detail: RoleDetail): IamRole | null => {
  const fields = reading.required(
    {
      arn: detail.Arn,
      name: detail.RoleName,
      path: detail.Path,
      roleId: detail.RoleId,
      createdAt: isoTime(detail.CreateDate),
    },
    detail.Arn ?? 'role',
  );
  if (fields === null) {
    return null;
  }
  const lastUsedAt = isoTime(detail.RoleLastUsed?.LastUsedDate);
  return {
    ...fields,
    trustPolicy: reading.policy(detail.AssumeRolePolicyDocument, `${fields.arn} trust policy`),
    inlinePolicies: inlinePolicies(reading, detail.RolePolicyList, fields.arn),
    attachedPolicies: attachedPolicies(reading, detail.AttachedManagedPolicies, fields.arn),
    permissionsBoundaryArn: detail.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    instanceProfileArns: sortedBy(
      (detail.InstanceProfileList ?? [])
        .map((profile) => reading.required({ instanceProfileArn: profile.Arn }, fields.arn))
        .filter(isSome)
        .map((profile) => profile.instanceProfileArn),
      (arn) => arn,
    ),
    lastUsed: lastUsedAt === null ? null : { at: lastUsedAt, region: detail.RoleLastUsed?.Region ?? '' },
    tags: tagsOf(detail.Tags),
  };
};

const versionsOf = (reading: Reading, detail: ManagedPolicyDetail, arn: string): readonly PolicyVersion[] =>
  sortedBy(
    (detail.PolicyVersionList ?? [])
      .map((version) => {
        const fields = reading.required(
          {
            versionId: version.VersionId,
            isDefault: version.IsDefaultVersion,
            createdAt: isoTime(version.CreateDate),
          },
          arn,
        );
        const resource = `${arn} version ${version.VersionId ?? ''}`;
        return fields === null ? null : { ...fields, document: reading.policy(version.Document, resource) };
      })
      .filter(isSome),
    // Padded, so that v10 follows v9.
    (version) => version.versionId.padStart(8, '0'),
  );

const policyOf = (reading: Reading, detail: ManagedPolicyDetail): ManagedPolicy | null => {
  const fields = reading.required(
    {
      arn: detail.Arn,
      path: detail.Path,
      policyId: detail.PolicyId,
      createdAt: isoTime(detail.CreateDate),
      updatedAt: isoTime(detail.UpdateDate),
      attachmentCount: detail.AttachmentCount,
    },
    detail.Arn ?? 'policy',
  );
  if (fields === null) {
    return null;
  }
  const versions = versionsOf(reading, detail, fields.arn);
  if (!versions.some((version) => version.isDefault)) {
    reading.gap('malformed', 'the answer holds no default version of the policy', fields.arn);
  }
  return {
    ...fields,
    name: detail.PolicyName ?? lastSegment(fields.arn),
    // Only AWS's own policies have `aws` in the place of the account.
    awsManaged: fields.arn.split(':')[4] === 'aws',
    boundaryUsageCount: detail.PermissionsBoundaryUsageCount ?? 0,
    versions,
  };
};

/** One paginated call for users, groups, roles and policies with all stored versions (no filter = everything). */
export async function readAuthorizationDetails(
  context: CollectContext,
): Promise<Observation<AuthorizationDetails>> {
  const reading = new Reading(context);
  const { items } = await reading.all(GetAccountAuthorizationDetailsCommand, { MaxItems: 1000 }, detailsOf);
  const users: IamUser[] = [];
  const groups: IamGroup[] = [];
  const roles: IamRole[] = [];
  const policies: ManagedPolicy[] = [];
  const keep = <Item>(list: Item[], item: Item | null): void => {
    if (item !== null) {
      list.push(item);
    }
  };
  for (const item of items) {
    switch (item.kind) {
      case 'user':
        keep(users, userOf(reading, item.detail));
        break;
      case 'group':
        keep(groups, groupOf(reading, item.detail));
        break;
      case 'role':
        keep(roles, roleOf(reading, item.detail));
        break;
      case 'policy':
        keep(policies, policyOf(reading, item.detail));
        break;
      default:
        item satisfies never;
    }
  }
  return reading.finish({
    users: sortedBy(users, (user) => user.arn),
    groups: sortedBy(groups, (group) => group.arn),
    roles: sortedBy(roles, (role) => role.arn),
    policies: sortedBy(policies, (policy) => policy.arn),
  });
}
