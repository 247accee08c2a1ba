import { ListRegionsCommand } from '@aws-sdk/client-account';
import type { AccountRegion } from '../../../model/evidence/account.ts';
import { defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const statuses: ReadonlySet<string> = new Set<AccountRegion['status']>([
  'ENABLED',
  'ENABLED_BY_DEFAULT',
  'ENABLING',
  'DISABLING',
  'DISABLED',
]);

const isStatus = (status: string | undefined): status is AccountRegion['status'] =>
  status !== undefined && statuses.has(status);

/** Asked inside each account: from outside, it would need trusted access. A refused list is a gap and no guess. */
export default defineCollector({
  key: 'account.regions',
  vantage: 'account',
  operations: [{ service: 'account', command: 'ListRegions', permission: 'account:ListRegions' }],
  async collect(context) {
    const reading = new Reading(context);
    const { items, gaps } = await reading.all(
      ListRegionsCommand,
      { MaxResults: 50 },
      (output) => output.Regions,
    );
    if (items.length === 0 && gaps.length === 0) {
      reading.gap('malformed', 'the list is empty, but every account has regions', 'region list');
      return reading.missing();
    }
    const regions = items.flatMap((region) => {
      const { RegionName: name, RegionOptStatus: status } = region;
      const fields = reading.required({ name, status: isStatus(status) ? status : null }, name ?? 'region');
      return fields === null ? [] : [fields];
    });
    return reading.finish(sortedBy(regions, (region) => region.name));
  },
});
