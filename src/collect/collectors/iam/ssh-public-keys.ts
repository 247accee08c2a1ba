import { ListSSHPublicKeysCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { knownUsers, knownUsersDependencies } from '../support/known-users.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'iam.ssh-public-keys',
  vantage: 'account',
  operations: [{ service: 'iam', command: 'ListSSHPublicKeys', permission: 'iam:ListSSHPublicKeys' }],
  dependsOn: knownUsersDependencies,
  async collect(context) {
    const reading = new Reading(context);
    const keys = await forEachResource(knownUsers(context, reading), async (user) => {
      const { items } = await reading.all(
        ListSSHPublicKeysCommand,
        { UserName: user.name },
        (output) => output.SSHPublicKeys,
        { absentOn: noSuchEntity, resource: user.arn },
      );
      return items.flatMap((key) => {
        const fields = reading.required({ keyId: key.SSHPublicKeyId, status: key.Status }, user.arn);
        return fields === null
          ? []
          : [{ userName: user.name, userArn: user.arn, ...fields, uploadedAt: isoTime(key.UploadDate) }];
      });
    });
    return reading.finish(sortedBy(keys.flat(), (key) => key.keyId));
  },
});
