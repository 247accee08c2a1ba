import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/bedrock-key-user.ts';
import {
  buildAccessKey,
  buildAuthorizationDetails,
  buildIamUser,
  buildLoginProfile,
  buildServiceSpecificCredential,
  userArn,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const name = 'BedrockAPIKey-ab12';
const users = (...names: readonly string[]) =>
  buildAuthorizationDetails({ users: names.map((one) => buildIamUser({ name: one })) });
const evidence = {
  'iam.authorization-details': users(name),
  'iam.access-keys': [],
  'iam.login-profiles': [],
  'iam.service-specific-credentials': [],
};

const cases = checkCases(check, {
  clean: [{ name: 'ordinary user', evidence: { ...evidence, 'iam.authorization-details': users('alice') } }],
  failing: [
    {
      name: 'the API key is gone',
      evidence,
      sightings: [{ messageId: 'leftOver', arn: userArn(name) }],
    },
    {
      name: 'carries its API key',
      evidence: {
        ...evidence,
        'iam.service-specific-credentials': [
          buildServiceSpecificCredential({ userName: name, serviceName: 'bedrock.amazonaws.com' }),
        ],
      },
      sightings: [{ messageId: 'present', arn: userArn(name) }],
    },
    {
      name: 'has an access key',
      evidence: { ...evidence, 'iam.access-keys': [buildAccessKey({ userName: name })] },
      sightings: [{ messageId: 'ordinaryCredential', arn: userArn(name) }],
    },
    {
      name: 'has a password',
      evidence: { ...evidence, 'iam.login-profiles': [buildLoginProfile({ userName: name })] },
      sightings: [{ messageId: 'ordinaryCredential', arn: userArn(name) }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
