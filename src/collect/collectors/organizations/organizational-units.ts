import { ListOrganizationalUnitsForParentCommand } from '@aws-sdk/client-organizations';
import type { OrganizationalUnit } from '../../../model/evidence/organizations.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const childrenOf = async (reading: Reading, parentId: string): Promise<readonly OrganizationalUnit[]> => {
  const { items } = await reading.all(
    ListOrganizationalUnitsForParentCommand,
    { ParentId: parentId },
    (output) => output.OrganizationalUnits,
    // Removed while we walked: then it has no children any more.
    { absentOn: ['ParentNotFoundException'], resource: parentId },
  );
  return items.flatMap((unit) => {
    const fields = reading.required({ id: unit.Id, arn: unit.Arn, name: unit.Name }, unit.Arn ?? parentId);
    return fields === null ? [] : [{ ...fields, parentId }];
  });
};

/** The accounts' paths hold ids only: names and empty units need the walk. */
export default defineCollector({
  key: 'organizations.organizational-units',
  vantage: 'management-or-delegated',
  operations: [
    {
      service: 'organizations',
      command: 'ListOrganizationalUnitsForParent',
      permission: 'organizations:ListOrganizationalUnitsForParent',
    },
  ],
  dependsOn: ['organizations.roots'],
  async collect(context) {
    const reading = new Reading(context);
    const roots = context.dependency('organizations.roots');
    reading.restsOn(roots.state === 'missing' ? null : roots.asOf, gapsOf(roots));
    const units = new Map<string, OrganizationalUnit>();
    let parents = roots.state === 'missing' ? [] : roots.value.map((root) => root.id);
    while (parents.length > 0) {
      const children = (await forEachResource(parents, (parent) => childrenOf(reading, parent))).flat();
      // A unit that moved while we walked may turn up twice; asking once ends every walk.
      parents = children.map((unit) => unit.id).filter((id) => !units.has(id));
      for (const unit of children) {
        units.set(unit.id, unit);
      }
    }
    return reading.finish(sortedBy(units.values(), (unit) => unit.id));
  },
});
