import {
  type Application,
  GetApplicationAssignmentConfigurationCommand,
  ListApplicationGrantsCommand,
  ListApplicationsCommand,
} from '@aws-sdk/client-sso-admin';
import type {
  IdentityCenterApplication,
  IdentityCenterInstance,
} from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

async function assignmentRequired(reading: Reading, arn: string, region: string): Promise<boolean | null> {
  const answer = await reading.one(
    GetApplicationAssignmentConfigurationCommand,
    { ApplicationArn: arn },
    { region, resource: arn },
  );
  if (answer.kind !== 'value') {
    return null;
  }
  return (
    reading.required({ assignmentRequired: answer.value.AssignmentRequired }, arn)?.assignmentRequired ?? null
  );
}

async function grants(reading: Reading, arn: string, region: string): Promise<readonly string[]> {
  const { items } = await reading.all(
    ListApplicationGrantsCommand,
    { ApplicationArn: arn },
    (output) => output.Grants,
    { region, resource: arn },
  );
  const types = items.flatMap((grant) => {
    const fields = reading.required({ grantType: grant.GrantType }, arn);
    return fields === null ? [] : [fields.grantType];
  });
  return types.sort();
}

async function application(
  reading: Reading,
  instance: IdentityCenterInstance,
  found: Application,
): Promise<readonly IdentityCenterApplication[]> {
  const fields = reading.required(
    {
      arn: found.ApplicationArn,
      providerArn: found.ApplicationProviderArn,
      ownerAccountId: found.ApplicationAccount,
      status: found.Status,
    },
    found.ApplicationArn ?? instance.arn,
  );
  if (fields === null) {
    return [];
  }
  const { arn, providerArn, ownerAccountId, status } = fields;
  return [
    {
      arn,
      instanceArn: instance.arn,
      providerArn,
      // Applications of AWS services may have no name.
      name: found.Name ?? '',
      status,
      ownerAccountId,
      createdAt: isoTime(found.CreatedDate),
      assignmentRequired: await assignmentRequired(reading, arn, instance.region),
      grants: await grants(reading, arn, instance.region),
    },
  ];
}

export default defineCollector({
  key: 'identity-center.applications',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances'],
  operations: [
    { service: 'sso-admin', command: 'ListApplications', permission: 'sso:ListApplications' },
    {
      service: 'sso-admin',
      command: 'GetApplicationAssignmentConfiguration',
      permission: 'sso:GetApplicationAssignmentConfiguration',
    },
    { service: 'sso-admin', command: 'ListApplicationGrants', permission: 'sso:ListApplicationGrants' },
  ],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    if (instances.state === 'missing') {
      return instances;
    }
    const reading = new Reading(context);
    reading.restsOn(instances.asOf, gapsOf(instances));
    const applications = await forEachResource(instances.value, async (instance) => {
      const { items } = await reading.all(
        ListApplicationsCommand,
        { InstanceArn: instance.arn, MaxResults: 100 },
        (output) => output.Applications,
        { region: instance.region, resource: instance.arn },
      );
      return forEachResource(items, (found) => application(reading, instance, found));
    });
    return reading.finish(sortedBy(applications.flat(2), (found) => found.arn));
  },
});
