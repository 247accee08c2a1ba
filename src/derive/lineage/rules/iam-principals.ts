import type { RuleTable } from './lineage-rule.ts';
import { act, link, rule, type Shape, sameRule } from './shape.ts';
import { group, instanceProfile, policy, role, user } from './shapes-iam.ts';

const createdRole = { ...role, trustPolicy: ['request.assumeRolePolicyDocument'] } as const satisfies Shape;
const trustedRole = { ...role, trustPolicy: ['request.policyDocument'] } as const satisfies Shape;

const changedUser = rule(act('changed', user));
const changedGroup = rule(act('changed', group));
const changedRole = rule(act('changed', role));

/** Users, groups, roles and the policies that give them rights. */
export const iamPrincipalRules: RuleTable = {
  CreateUser: rule(act('created', user)),
  DeleteUser: rule(act('deleted', user)),
  CreateGroup: rule(act('created', group)),
  DeleteGroup: rule(act('deleted', group)),
  CreateRole: rule(act('created', createdRole)),
  DeleteRole: rule(act('deleted', role)),
  CreateServiceLinkedRole: rule(act('created', role)),
  DeleteServiceLinkedRole: rule(act('deleted', role)),
  UpdateAssumeRolePolicy: rule(act('changed', trustedRole)),
  AddUserToGroup: rule(act('changed', group, user)),
  RemoveUserFromGroup: rule(act('changed', group, user)),
  CreateInstanceProfile: rule(act('created', instanceProfile)),
  DeleteInstanceProfile: rule(act('deleted', instanceProfile)),
  AddRoleToInstanceProfile: rule(act('changed', instanceProfile, role), link(role, instanceProfile)),
  RemoveRoleFromInstanceProfile: rule(act('changed', instanceProfile, role)),
  CreatePolicy: rule(act('created', policy)),
  DeletePolicy: rule(act('deleted', policy)),
  ...sameRule(
    ['CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion'],
    rule(act('changed', policy)),
  ),
  ...sameRule(
    [
      'UpdateUser',
      'TagUser',
      'UntagUser',
      'AttachUserPolicy',
      'DetachUserPolicy',
      'PutUserPolicy',
      'DeleteUserPolicy',
      'PutUserPermissionsBoundary',
      'DeleteUserPermissionsBoundary',
    ],
    changedUser,
  ),
  ...sameRule(
    ['UpdateGroup', 'AttachGroupPolicy', 'DetachGroupPolicy', 'PutGroupPolicy', 'DeleteGroupPolicy'],
    changedGroup,
  ),
  ...sameRule(
    [
      'UpdateRole',
      'UpdateRoleDescription',
      'TagRole',
      'UntagRole',
      'AttachRolePolicy',
      'DetachRolePolicy',
      'PutRolePolicy',
      'DeleteRolePolicy',
      'PutRolePermissionsBoundary',
      'DeleteRolePermissionsBoundary',
    ],
    changedRole,
  ),
};
