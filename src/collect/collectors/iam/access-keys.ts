import {
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import type { AccessKey } from '../../../model/evidence/iam.ts';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { type KnownUser, knownUsers, knownUsersDependencies } from '../support/known-users.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const isStatus = (status: string | undefined): status is AccessKey['status'] =>
  status === 'Active' || status === 'Inactive' || status === 'Expired';

/** Null also when the call failed: the reading then holds its gap. */
const lastUseOf = async (reading: Reading, accessKeyId: string): Promise<AccessKey['lastUsed']> => {
  const answer = await reading.one(
    GetAccessKeyLastUsedCommand,
    { AccessKeyId: accessKeyId },
    { resource: accessKeyId },
  );
  if (answer.kind !== 'value') {
    return null;
  }
  const lastUsed = answer.value.AccessKeyLastUsed;
  if (lastUsed === undefined) {
    reading.gap('malformed', 'the answer lacks AccessKeyLastUsed', accessKeyId);
    return null;
  }
  const at = isoTime(lastUsed.LastUsedDate);
  return at === null ? null : { at, region: lastUsed.Region ?? '', service: lastUsed.ServiceName ?? '' };
};

const keyOf = async (
  reading: Reading,
  user: KnownUser,
  key: AccessKeyMetadata,
): Promise<readonly AccessKey[]> => {
  const fields = reading.required(
    {
      accessKeyId: key.AccessKeyId,
      status: isStatus(key.Status) ? key.Status : null,
      createdAt: isoTime(key.CreateDate),
    },
    key.AccessKeyId ?? user.arn,
  );
  return fields === null
    ? []
    : [
        {
          userName: user.name,
          userArn: user.arn,
          ...fields,
          lastUsed: await lastUseOf(reading, fields.accessKeyId),
        },
      ];
};

/** Keys of all users, inactive ones too: those can be switched back on. */
export default defineCollector({
  key: 'iam.access-keys',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'ListAccessKeys', permission: 'iam:ListAccessKeys' },
    { service: 'iam', command: 'GetAccessKeyLastUsed', permission: 'iam:GetAccessKeyLastUsed' },
  ],
  dependsOn: knownUsersDependencies,
  async collect(context) {
    const reading = new Reading(context);
    const keys = await forEachResource(knownUsers(context, reading), async (user) => {
      const { items } = await reading.all(
        ListAccessKeysCommand,
        { UserName: user.name },
        (output) => output.AccessKeyMetadata,
        { absentOn: noSuchEntity, resource: user.arn },
      );
      return forEachResource(items, (key) => keyOf(reading, user, key));
    });
    return reading.finish(sortedBy(keys.flat(2), (key) => key.accessKeyId));
  },
});
