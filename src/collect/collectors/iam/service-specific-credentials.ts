import {
  ListServiceSpecificCredentialsCommand,
  type ServiceSpecificCredentialMetadata,
} from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { knownUsers, knownUsersDependencies } from '../support/known-users.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** Endpoints that do not know `AllUsers`, or want a service name with it, refuse the input. */
const refusedInput = [
  'ValidationError',
  'ValidationException',
  'InvalidInputException',
  'InvalidInput',
] as const;

/** Passwords and API keys for single services (CodeCommit, Keyspaces, Bedrock, CloudWatch Logs). */
export default defineCollector({
  key: 'iam.service-specific-credentials',
  vantage: 'account',
  operations: [
    {
      service: 'iam',
      command: 'ListServiceSpecificCredentials',
      permission: 'iam:ListServiceSpecificCredentials',
    },
  ],
  dependsOn: knownUsersDependencies,
  async collect(context) {
    const reading = new Reading(context);
    const ofAccount = await reading.all(
      ListServiceSpecificCredentialsCommand,
      { AllUsers: true },
      (output) => output.ServiceSpecificCredentials,
      { absentOn: refusedInput },
    );
    // With the account's own list, the users only lend their ARNs: gaps in theirs are none of this list.
    const known = knownUsers(context, ofAccount.absent ? reading : new Reading(context));
    const credentials: ServiceSpecificCredentialMetadata[] = [...ofAccount.items];
    if (ofAccount.absent) {
      // Per user, not per service: a list of services that we know would hide those that we do not.
      const ofUsers = await forEachResource(known, (user) =>
        reading.all(
          ListServiceSpecificCredentialsCommand,
          { UserName: user.name },
          (output) => output.ServiceSpecificCredentials,
          { absentOn: noSuchEntity, resource: user.arn },
        ),
      );
      credentials.push(...ofUsers.flatMap((pages) => pages.items));
    }
    const arns = new Map(known.map((user) => [user.name, user.arn]));
    const value = credentials.flatMap((credential) => {
      const fields = reading.required(
        {
          userName: credential.UserName,
          serviceName: credential.ServiceName,
          credentialId: credential.ServiceSpecificCredentialId,
          status: credential.Status,
          createdAt: isoTime(credential.CreateDate),
        },
        credential.ServiceSpecificCredentialId ?? 'service-specific credential',
      );
      if (fields === null) {
        return [];
      }
      let userArn = arns.get(fields.userName);
      if (userArn === undefined) {
        userArn = `arn:${context.partition}:iam::${context.accountId}:user/${fields.userName}`;
        reading.gap('not-collected', `${fields.userName} is not among the users that were read`, userArn);
      }
      return [
        {
          ...fields,
          userArn,
          alias: credential.ServiceCredentialAlias ?? null,
          expiresAt: isoTime(credential.ExpirationDate),
        },
      ];
    });
    return reading.finish(sortedBy(value, (credential) => credential.credentialId));
  },
});
