import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import type { IdentityCenterInstance } from '../../../model/evidence/identity-center.ts';
import { gapsOf, missing, type Observation, observed } from '../../../model/observation.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { identityCenterInstance } from './identity-center-instance.ts';

type Instances = Observation<readonly IdentityCenterInstance[]>;

async function instancesIn(
  context: CollectContext,
  region: string,
  ownerAccountId: string,
  organizationAsOf: string,
): Promise<Instances> {
  const reading = new Reading(context);
  const { items } = await reading.all(ListInstancesCommand, {}, (output) => output.Instances, {
    region,
    resource: region,
  });
  const instances = items
    .flatMap((instance) => identityCenterInstance(reading, instance, region))
    .filter((instance) => instance.ownerAccountId === ownerAccountId);
  reading.restsOn(organizationAsOf);
  return reading.finish(sortedBy(instances, (instance) => instance.arn));
}

/** Nowhere found: only as certain as the worst of the regions. */
function nowhere(context: CollectContext, probes: readonly Instances[]): Instances {
  const gaps = probes.flatMap(gapsOf);
  const answered = probes.flatMap((probe) => (probe.state === 'missing' ? [] : [probe]));
  const [earliest] = answered.map((probe) => probe.asOf).sort();
  if (earliest === undefined) {
    const [first = context.gap('not-collected', 'there was no region to ask'), ...rest] = gaps;
    return missing(first, ...rest);
  }
  const provenance = answered.flatMap((probe) => probe.provenance);
  const [first] = provenance;
  const calls = provenance.reduce((sum, call) => sum + call.calls, 0);
  return observed([], gaps, earliest, first === undefined ? [] : [{ ...first, calls }]);
}

export default defineCollector({
  key: 'identity-center.organization-instances',
  vantage: 'management-or-delegated',
  dependsOn: ['organizations.organization'],
  operations: [{ service: 'sso-admin', command: 'ListInstances', permission: 'sso:ListInstances' }],
  async collect(context) {
    const organization = context.dependency('organizations.organization');
    if (organization.state === 'missing') {
      return organization;
    }
    if (organization.value === null) {
      const { asOf, provenance } = organization;
      return observed([], gapsOf(organization), asOf, provenance);
    }
    const { managementAccountId } = organization.value;
    const probes: Instances[] = [];
    for (const region of new Set([context.region, ...context.regions])) {
      const probe = await instancesIn(context, region, managementAccountId, organization.asOf);
      if (probe.state !== 'missing' && probe.value.length > 0) {
        // An organization has one instance: what the other regions would not say no longer matters.
        return probe;
      }
      probes.push(probe);
    }
    if (context.accountId !== managementAccountId) {
      // To a delegated administrator of other services the list is empty: that proves nothing.
      const detail = `account ${context.accountId} sees no Identity Center of the organization: it is not the management account ${managementAccountId}, and not Identity Center's delegated administrator if there is one`;
      return missing(context.gap('not-collected', detail), ...probes.flatMap(gapsOf));
    }
    return nowhere(context, probes);
  },
});
