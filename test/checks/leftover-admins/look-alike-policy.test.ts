import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/look-alike-policy.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import {
  buildAuthorizationDetails,
  buildManagedPolicy,
  buildPolicyVersion,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = (name: string) => `arn:aws:iam::${exampleAccountId}:policy/${name}`;
const evidence = (...policies: readonly ReturnType<typeof buildManagedPolicy>[]) => ({
  'iam.authorization-details': buildAuthorizationDetails({ policies }),
});
const execution = (actions: readonly string[]) =>
  buildManagedPolicy({
    name: 'AWSLambdaBasicExecutionRole-1',
    path: '/service-role/',
    versions: [
      buildPolicyVersion({
        document: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
        }),
      }),
    ],
  });

const cases = checkCases(check, {
  clean: [
    {
      name: 'own names, the real ones, a true execution policy',
      evidence: evidence(
        buildManagedPolicy(),
        buildManagedPolicy({ name: 'AdministratorAccess', awsManaged: true }),
        execution(['logs:CreateLogStream', 'logs:PutLogEvents']),
      ),
    },
  ],
  failing: [
    {
      name: 'same and similar names',
      evidence: evidence(
        buildManagedPolicy({ name: 'AdministratorAccess' }),
        buildManagedPolicy({ name: 'Administrator-Acce5s' }),
        buildManagedPolicy({ name: 'AWSBackupFullAccess', awsManaged: true }),
        buildManagedPolicy({ name: 'AWSBackupFul1Access' }),
      ),
      sightings: [
        { messageId: 'sameName', arn: arn('AdministratorAccess') },
        { messageId: 'similarName', arn: arn('Administrator-Acce5s') },
        { messageId: 'similarName', arn: arn('AWSBackupFul1Access') },
      ],
    },
    {
      name: 'execution policies that allow more, or cannot be read',
      evidence: evidence(
        execution(['logs:PutLogEvents', 'iam:CreateUser']),
        buildManagedPolicy({
          name: 'AWSLambdaBasicExecutionRole-2',
          versions: [buildPolicyVersion({ document: 'no JSON' })],
        }),
      ),
      sightings: [
        { messageId: 'execution', arn: arn('service-role/AWSLambdaBasicExecutionRole-1') },
        { messageId: 'execution', arn: arn('AWSLambdaBasicExecutionRole-2') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
