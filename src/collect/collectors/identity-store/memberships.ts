import { ListGroupMembershipsCommand } from '@aws-sdk/client-identitystore';
import type { GroupMembership } from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'identity-store.memberships',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances', 'identity-store.groups'],
  operations: [
    {
      service: 'identitystore',
      command: 'ListGroupMemberships',
      permission: 'identitystore:ListGroupMemberships',
    },
  ],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    const groups = context.dependency('identity-store.groups');
    if (instances.state === 'missing') {
      return instances;
    }
    if (groups.state === 'missing') {
      return groups;
    }
    const reading = new Reading(context);
    // Gaps of the instances are among those of the groups.
    reading.restsOn(groups.asOf, gapsOf(groups));
    const regions = new Map(instances.value.map(({ identityStoreId, region }) => [identityStoreId, region]));
    const memberships = await forEachResource(groups.value, async ({ id: groupId, identityStoreId }) => {
      const region = regions.get(identityStoreId);
      const { items } = await reading.all(
        ListGroupMembershipsCommand,
        { IdentityStoreId: identityStoreId, GroupId: groupId, MaxResults: 100 },
        (output) => output.GroupMemberships,
        {
          resource: groupId,
          absentOn: ['ResourceNotFoundException'],
          ...(region === undefined ? {} : { region }),
        },
      );
      return items.flatMap((membership): readonly GroupMembership[] => {
        const fields = reading.required(
          { id: membership.MembershipId, userId: membership.MemberId?.UserId },
          groupId,
        );
        return fields === null
          ? []
          : [
              {
                id: fields.id,
                groupId,
                userId: fields.userId,
                createdAt: isoTime(membership.CreatedAt),
                createdBy: membership.CreatedBy ?? null,
              },
            ];
      });
    });
    return reading.finish(sortedBy(memberships.flat(), (membership) => membership.id));
  },
});
