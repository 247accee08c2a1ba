import { type Group, ListGroupsCommand } from '@aws-sdk/client-identitystore';
import type { DirectoryGroup } from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

function directoryGroup(reading: Reading, identityStoreId: string, group: Group): readonly DirectoryGroup[] {
  const fields = reading.required({ id: group.GroupId }, identityStoreId);
  return fields === null
    ? []
    : [
        {
          id: fields.id,
          identityStoreId,
          displayName: group.DisplayName ?? '',
          createdAt: isoTime(group.CreatedAt),
          createdBy: group.CreatedBy ?? null,
          updatedAt: isoTime(group.UpdatedAt),
          updatedBy: group.UpdatedBy ?? null,
        },
      ];
}

export default defineCollector({
  key: 'identity-store.groups',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances'],
  operations: [{ service: 'identitystore', command: 'ListGroups', permission: 'identitystore:ListGroups' }],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    if (instances.state === 'missing') {
      return instances;
    }
    const reading = new Reading(context);
    reading.restsOn(instances.asOf, gapsOf(instances));
    const groups = await forEachResource(instances.value, async ({ identityStoreId, region }) => {
      const { items } = await reading.all(
        ListGroupsCommand,
        { IdentityStoreId: identityStoreId, MaxResults: 100 },
        (output) => output.Groups,
        { region, resource: identityStoreId },
      );
      return items.flatMap((group) => directoryGroup(reading, identityStoreId, group));
    });
    return reading.finish(sortedBy(groups.flat(), (group) => `${group.identityStoreId}\n${group.id}`));
  },
});
