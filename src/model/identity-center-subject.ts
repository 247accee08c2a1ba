import type {
  AccountAssignment,
  DirectoryGroup,
  DirectoryUser,
  GroupMembership,
  IdentityCenterApplication,
  PermissionSet,
  TrustedTokenIssuer,
} from './evidence/identity-center.ts';
import type { Subject } from './finding.ts';
import { assignmentArn, directoryArn } from './resource-arn.ts';

/** Subjects of the Identity Center checks; types and ARNs are those of ResourceFact. */
export function permissionSetSubject({ arn, name }: PermissionSet): Subject {
  return { arn, type: 'permission-set', name };
}

export function assignmentSubject(assignment: AccountAssignment): Subject {
  const { principalType, principalId } = assignment;
  return { arn: assignmentArn(assignment), type: 'assignment', name: `${principalType} ${principalId}` };
}

export function applicationSubject({ arn, name }: IdentityCenterApplication): Subject {
  return { arn, type: 'application', name };
}

export function tokenIssuerSubject({ arn, name }: TrustedTokenIssuer): Subject {
  return { arn, type: 'trusted-token-issuer', name };
}

export function directoryUserSubject({ id, userName }: DirectoryUser, partition: string): Subject {
  return {
    arn: directoryArn('user', partition, id),
    uniqueId: id,
    type: 'directory-user',
    name: userName,
  };
}

export function directoryGroupSubject({ id, displayName }: DirectoryGroup, partition: string): Subject {
  return {
    arn: directoryArn('group', partition, id),
    uniqueId: id,
    type: 'directory-group',
    name: displayName,
  };
}

export function membershipSubject({ id, userId, groupId }: GroupMembership, partition: string): Subject {
  return {
    arn: directoryArn('membership', partition, id),
    uniqueId: id,
    type: 'directory-membership',
    name: `${userId} in ${groupId}`,
  };
}
