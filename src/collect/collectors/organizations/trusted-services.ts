import { ListAWSServiceAccessForOrganizationCommand } from '@aws-sdk/client-organizations';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'organizations.trusted-services',
  vantage: 'management-or-delegated',
  operations: [
    {
      service: 'organizations',
      command: 'ListAWSServiceAccessForOrganization',
      permission: 'organizations:ListAWSServiceAccessForOrganization',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(
      ListAWSServiceAccessForOrganizationCommand,
      {},
      (output) => output.EnabledServicePrincipals,
      { absentOn: organizationNotInUse },
    );
    const services = items.flatMap((service) => {
      const fields = reading.required({ servicePrincipal: service.ServicePrincipal }, 'trusted service');
      return fields === null ? [] : [{ ...fields, enabledAt: isoTime(service.DateEnabled) }];
    });
    return reading.finish(sortedBy(services, (service) => service.servicePrincipal));
  },
});
