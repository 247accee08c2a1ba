import { ListUsersCommand, type User } from '@aws-sdk/client-identitystore';
import type { DirectoryUser } from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** What is known about the person and is not needed to tell the account. */
const personalFields = [
  'Addresses',
  'Birthdate',
  'DisplayName',
  'Emails',
  'Extensions',
  'Locale',
  'Name',
  'NickName',
  'PhoneNumbers',
  'Photos',
  'PreferredLanguage',
  'ProfileUrl',
  'Roles',
  'Timezone',
  'Title',
  'UserType',
  'Website',
] as const satisfies readonly (keyof User)[];

function countPersonalData(context: CollectContext, users: readonly User[]): void {
  for (const field of personalFields) {
    const count = users.filter((user) => user[field] !== undefined).length;
    if (count > 0) {
      context.redacted(`IdentityStore.User.${field}`, count);
    }
  }
  const externalIds = users.flatMap((user) => user.ExternalIds ?? []).length;
  if (externalIds > 0) {
    context.redacted('IdentityStore.User.ExternalIds.Id', externalIds);
  }
}

function directoryUser(reading: Reading, identityStoreId: string, user: User): readonly DirectoryUser[] {
  const fields = reading.required({ id: user.UserId }, identityStoreId);
  return fields === null
    ? []
    : [
        {
          id: fields.id,
          identityStoreId,
          // A user may be made without one, and cannot sign in then.
          userName: user.UserName ?? '',
          status: user.UserStatus ?? null,
          externalIssuers: (user.ExternalIds ?? []).flatMap((external) => external.Issuer ?? []).sort(),
          createdAt: isoTime(user.CreatedAt),
          createdBy: user.CreatedBy ?? null,
          updatedAt: isoTime(user.UpdatedAt),
          updatedBy: user.UpdatedBy ?? null,
        },
      ];
}

export default defineCollector({
  key: 'identity-store.users',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances'],
  operations: [{ service: 'identitystore', command: 'ListUsers', permission: 'identitystore:ListUsers' }],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    if (instances.state === 'missing') {
      return instances;
    }
    const reading = new Reading(context);
    reading.restsOn(instances.asOf, gapsOf(instances));
    const users = await forEachResource(instances.value, async ({ identityStoreId, region }) => {
      const { items } = await reading.all(
        ListUsersCommand,
        { IdentityStoreId: identityStoreId, MaxResults: 100 },
        (output) => output.Users,
        { region, resource: identityStoreId },
      );
      countPersonalData(context, items);
      return items.flatMap((user) => directoryUser(reading, identityStoreId, user));
    });
    return reading.finish(sortedBy(users.flat(), (user) => `${user.identityStoreId}\n${user.id}`));
  },
});
