import { GetLoginProfileCommand } from '@aws-sdk/client-iam';
import type { LoginProfile } from '../../../model/evidence/iam.ts';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import {
  freshReportRow,
  type KnownUser,
  knownUsers,
  knownUsersDependencies,
} from '../support/known-users.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const profileOf = async (reading: Reading, user: KnownUser): Promise<readonly LoginProfile[]> => {
  const answer = await reading.one(
    GetLoginProfileCommand,
    { UserName: user.name },
    { absentOn: noSuchEntity, resource: user.arn },
  );
  if (answer.kind !== 'value') {
    return [];
  }
  const profile = answer.value.LoginProfile;
  const fields = reading.required({ createdAt: isoTime(profile?.CreateDate) }, user.arn);
  return fields === null
    ? []
    : [
        {
          userName: user.name,
          userArn: user.arn,
          ...fields,
          passwordResetRequired: profile?.PasswordResetRequired ?? false,
        },
      ];
};

/** Asks for every user unless a fresh credential report says that an older user has no password. */
export default defineCollector({
  key: 'iam.login-profiles',
  vantage: 'account',
  operations: [{ service: 'iam', command: 'GetLoginProfile', permission: 'iam:GetLoginProfile' }],
  dependsOn: knownUsersDependencies,
  async collect(context) {
    const reading = new Reading(context);
    const profiles = await forEachResource(knownUsers(context, reading), async (user) => {
      const report = freshReportRow(context, user);
      if (report?.row.passwordEnabled === false) {
        reading.restsOn(report.generatedAt);
        return [];
      }
      return profileOf(reading, user);
    });
    return reading.finish(sortedBy(profiles.flat(), (profile) => profile.userArn));
  },
});
