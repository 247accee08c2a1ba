import {
  type DelegatedAdministrator as DelegatedAdministratorEntry,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
} from '@aws-sdk/client-organizations';
import type { DelegatedAdministrator } from '../../../model/evidence/organizations.ts';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const administratorOf = async (
  reading: Reading,
  entry: DelegatedAdministratorEntry,
): Promise<readonly DelegatedAdministrator[]> => {
  const fields = reading.required(
    { accountId: entry.Id, arn: entry.Arn, name: entry.Name },
    entry.Arn ?? entry.Id ?? 'delegated administrator',
  );
  if (fields === null) {
    return [];
  }
  const services = await reading.all(
    ListDelegatedServicesForAccountCommand,
    { AccountId: fields.accountId },
    (output) => output.DelegatedServices,
    { absentOn: ['AccountNotRegisteredException'], resource: fields.arn },
  );
  if (services.absent) {
    // Deregistered since the list was made.
    return [];
  }
  return [
    {
      ...fields,
      enabledAt: isoTime(entry.DelegationEnabledDate),
      services: sortedBy(
        services.items.flatMap((service) => {
          const named = reading.required({ servicePrincipal: service.ServicePrincipal }, fields.arn);
          return named === null ? [] : [{ ...named, delegatedAt: isoTime(service.DelegationEnabledDate) }];
        }),
        (service) => service.servicePrincipal,
      ),
    },
  ];
};

export default defineCollector({
  key: 'organizations.delegated-administrators',
  vantage: 'management-or-delegated',
  operations: [
    {
      service: 'organizations',
      command: 'ListDelegatedAdministrators',
      permission: 'organizations:ListDelegatedAdministrators',
    },
    {
      service: 'organizations',
      command: 'ListDelegatedServicesForAccount',
      permission: 'organizations:ListDelegatedServicesForAccount',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    // Without a service filter: an administrator for a service that we do not know is the one to see.
    const { items } = await reading.all(
      ListDelegatedAdministratorsCommand,
      {},
      (output) => output.DelegatedAdministrators,
      { absentOn: organizationNotInUse },
    );
    context.redacted(
      'DelegatedAdministrator.Email',
      items.filter((administrator) => administrator.Email !== undefined).length,
    );
    const administrators = await forEachResource(items, (entry) => administratorOf(reading, entry));
    return reading.finish(sortedBy(administrators.flat(), (administrator) => administrator.accountId));
  },
});
