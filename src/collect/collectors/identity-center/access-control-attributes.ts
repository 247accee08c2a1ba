import {
  type AccessControlAttribute,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
} from '@aws-sdk/client-sso-admin';
import type {
  AccessControlAttributes,
  IdentityCenterInstance,
} from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

function attribute(
  reading: Reading,
  instanceArn: string,
  found: AccessControlAttribute,
): AccessControlAttributes['attributes'] {
  const fields = reading.required({ key: found.Key, sources: found.Value?.Source }, instanceArn);
  return fields === null ? [] : [{ key: fields.key, sources: [...fields.sources].sort() }];
}

async function accessControlAttributes(
  reading: Reading,
  { arn: instanceArn, region }: IdentityCenterInstance,
): Promise<readonly AccessControlAttributes[]> {
  const answer = await reading.one(
    DescribeInstanceAccessControlAttributeConfigurationCommand,
    { InstanceArn: instanceArn },
    { region, resource: instanceArn, absentOn: ['ResourceNotFoundException'] },
  );
  if (answer.kind === 'gap') {
    return [];
  }
  if (answer.kind === 'absent') {
    return [{ instanceArn, present: false, status: null, attributes: [] }];
  }
  const { Status: status = null, InstanceAccessControlAttributeConfiguration: configuration } = answer.value;
  const attributes = (configuration?.AccessControlAttributes ?? []).flatMap((found) =>
    attribute(reading, instanceArn, found),
  );
  return [{ instanceArn, present: true, status, attributes: sortedBy(attributes, ({ key }) => key) }];
}

export default defineCollector({
  key: 'identity-center.access-control-attributes',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances'],
  operations: [
    {
      service: 'sso-admin',
      command: 'DescribeInstanceAccessControlAttributeConfiguration',
      permission: 'sso:DescribeInstanceAccessControlAttributeConfiguration',
    },
  ],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    if (instances.state === 'missing') {
      return instances;
    }
    const reading = new Reading(context);
    reading.restsOn(instances.asOf, gapsOf(instances));
    const configurations = await forEachResource(instances.value, (instance) =>
      accessControlAttributes(reading, instance),
    );
    return reading.finish(sortedBy(configurations.flat(), ({ instanceArn }) => instanceArn));
  },
});
