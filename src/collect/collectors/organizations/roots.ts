import { ListRootsCommand } from '@aws-sdk/client-organizations';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** The roots know which policy types are really on: a list of policies does not. */
export default defineCollector({
  key: 'organizations.roots',
  vantage: 'management-or-delegated',
  operations: [{ service: 'organizations', command: 'ListRoots', permission: 'organizations:ListRoots' }],
  async collect(context) {
    const reading = new Reading(context);
    const { items, absent, gaps } = await reading.all(ListRootsCommand, {}, (output) => output.Roots, {
      absentOn: organizationNotInUse,
    });
    if (items.length === 0 && !absent && gaps.length === 0) {
      reading.gap('malformed', 'the list is empty, but every organization has a root', 'root list');
      return reading.missing();
    }
    const roots = items.flatMap((root) => {
      const resource = root.Arn ?? 'root';
      const fields = reading.required({ id: root.Id, arn: root.Arn, name: root.Name }, resource);
      const types = (root.PolicyTypes ?? []).flatMap(({ Type, Status }) => {
        const policyType = reading.required({ type: Type, status: Status }, resource);
        return policyType === null ? [] : [policyType];
      });
      return fields === null
        ? []
        : [{ ...fields, policyTypes: sortedBy(types, (policyType) => policyType.type) }];
    });
    return reading.finish(sortedBy(roots, (root) => root.id));
  },
});
