import { directoryArn } from '../../../model/resource-arn.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import { directoryKey } from './identity-center.ts';
import type { LineageRule, NodeSeed, Relation, RuleTable } from './lineage-rule.ts';
import { accountOf, partitionOf } from './place.ts';
import { text } from './read-member.ts';
import { setting } from './setting.ts';
import { rule, sameRule } from './shape.ts';

function entry(event: TrailEvent, kind: 'user' | 'group', id: string, label: string | null): NodeSeed {
  return {
    kind: 'principal',
    type: `directory-${kind}`,
    key: directoryKey(kind, id),
    label: label ?? id,
    arn: directoryArn(kind, partitionOf(event.region), id),
    uniqueId: id,
    accountId: accountOf(event) || null,
    region: null,
  };
}

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

function userSeed(event: TrailEvent): NodeSeed | null {
  const id = text(
    event,
    'response.user.userId',
    'response.userId',
    'request.userId',
    'request.member.memberId',
    'request.memberId.userId',
    'request.memberId',
  );
  // Attribute values are blanked: the user's name is not in the log.
  const name = text(event, 'request.userName');
  return id === null ? null : entry(event, 'user', id, name === hidden ? null : name);
}

function groupSeed(event: TrailEvent): NodeSeed | null {
  const id = text(event, 'response.group.groupId', 'response.groupId', 'request.groupId');
  const name = text(event, 'request.displayName', 'response.group.displayName');
  return id === null ? null : entry(event, 'group', id, name === hidden ? null : name);
}

/** Its end names a membership by its own id alone: who was in which group, only its beginning tells. */
function unnamedMembership(event: TrailEvent, id: string): NodeSeed {
  return {
    kind: 'resource',
    type: 'directory-membership',
    key: membershipIdKey(id),
    label: id,
    arn: directoryArn('membership', partitionOf(event.region), id),
    uniqueId: id,
    accountId: accountOf(event) || null,
    region: null,
  };
}

export function membershipIdKey(id: string): string {
  return `directory-membership id ${id.toLowerCase()}`;
}

function membershipSeed(event: TrailEvent): NodeSeed | null {
  const member = userSeed(event);
  const group = groupSeed(event);
  const id = text(event, 'response.membershipId', 'request.membershipId');
  if (member === null || group === null) {
    return id === null ? null : unnamedMembership(event, id);
  }
  return {
    kind: 'resource',
    type: 'directory-membership',
    key: `directory-membership ${member.uniqueId} ${group.uniqueId}`,
    label: `${member.uniqueId} in ${group.uniqueId}`,
    arn: id === null ? null : directoryArn('membership', partitionOf(event.region), id),
    uniqueId: id,
    accountId: accountOf(event) || null,
    region: null,
  };
}

type SeedOf = (event: TrailEvent) => NodeSeed | null;

function on(relation: Relation, ...seeds: readonly SeedOf[]): LineageRule {
  return {
    acts: (event) =>
      seeds.flatMap((seedOf) => {
        const seed = seedOf(event);
        return seed === null ? [] : [{ relation, seed }];
      }),
  };
}

function onMembership(relation: Relation): LineageRule {
  const membership = on(relation, membershipSeed);
  const group = on('changed', groupSeed);
  return {
    acts: (event) => [...membership.acts(event), ...group.acts(event)],
    links: (event) => {
      const seed = membershipSeed(event);
      return seed === null
        ? []
        : [userSeed(event), groupSeed(event)].flatMap((end) =>
            end === null ? [] : [{ from: end.key, to: seed.key }],
          );
    },
  };
}

const provisioning = setting('identity-center-setting', 'provisioning endpoint');
const externalProvider = setting('identity-center-setting', 'external identity provider');

/** The console writes sso-directory, the API identitystore: the names mean the same in both. */
export const directoryRules: RuleTable = {
  CreateUser: on('created', userSeed),
  DeleteUser: on('deleted', userSeed),
  ...sameRule(
    [
      'EnableUser',
      'DisableUser',
      'UpdatePassword',
      'UpdateUser',
      'UpdateUserName',
      'VerifyEmail',
      'StartVirtualMfaDeviceRegistration',
      'CompleteVirtualMfaDeviceRegistration',
      'StartWebAuthnDeviceRegistration',
      'CompleteWebAuthnDeviceRegistration',
      'UpdateMfaDeviceForUser',
      'DeleteMfaDeviceForUser',
    ],
    on('changed', userSeed),
  ),
  CreateGroup: on('created', groupSeed),
  UpdateGroup: on('changed', groupSeed),
  DeleteGroup: on('deleted', groupSeed),
  AddMemberToGroup: onMembership('created'),
  CreateGroupMembership: onMembership('created'),
  RemoveMemberFromGroup: onMembership('deleted'),
  DeleteGroupMembership: onMembership('deleted'),
  ...sameRule(['CreateBearerToken', 'DeleteBearerToken', 'CreateProvisioningTenant'], rule(provisioning)),
  ...sameRule(
    [
      'CreateExternalIdPConfigurationForDirectory',
      'UpdateExternalIdPConfigurationForDirectory',
      'EnableExternalIdPConfigurationForDirectory',
      'DisableExternalIdPConfigurationForDirectory',
      'ImportExternalIdPCertificate',
    ],
    rule(externalProvider),
  ),
};
