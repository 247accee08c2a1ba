import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { identityCenterInstance } from './identity-center-instance.ts';

export default defineCollector({
  key: 'identity-center.instances',
  vantage: 'account',
  operations: [{ service: 'sso-admin', command: 'ListInstances', permission: 'sso:ListInstances' }],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(ListInstancesCommand, {}, (output) => output.Instances);
    const instances = items.flatMap((instance) => identityCenterInstance(reading, instance, context.region));
    return reading.finish(sortedBy(instances, (instance) => instance.arn));
  },
});
