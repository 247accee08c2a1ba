import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/quarantined-user.ts';
import {
  buildAccessKey,
  buildAuthorizationDetails,
  buildIamGroup,
  buildIamUser,
  readOnlyDocument,
  userArn,
} from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const quarantine = {
  arn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
  name: 'AWSCompromisedKeyQuarantineV3',
};
const details = (...users: readonly ReturnType<typeof buildIamUser>[]) =>
  buildAuthorizationDetails({ users });

const cases = checkCases(check, {
  clean: [
    {
      name: 'no quarantine',
      evidence: {
        'iam.authorization-details': details(buildIamUser()),
        'iam.access-keys': [buildAccessKey()],
      },
    },
  ],
  failing: [
    {
      name: 'attached to the user, key active',
      evidence: {
        'iam.authorization-details': details(buildIamUser({ attachedPolicies: [quarantine] })),
        'iam.access-keys': [buildAccessKey()],
      },
      sightings: [{ messageId: 'activeKeys', arn: userArn('alice') }],
    },
    {
      name: 'through a group, key inactive',
      evidence: {
        'iam.authorization-details': {
          ...details(buildIamUser({ groups: ['quarantine'] }), buildIamUser({ name: 'bob' })),
          groups: [buildIamGroup({ name: 'quarantine', attachedPolicies: [quarantine] })],
        },
        'iam.access-keys': [buildAccessKey({ status: 'Inactive' })],
      },
      sightings: [{ messageId: 'noActiveKeys', arn: userArn('alice') }],
    },
    {
      name: 'as a boundary, and the older inline policy',
      evidence: {
        'iam.authorization-details': details(
          buildIamUser({ permissionsBoundaryArn: quarantine.arn }),
          buildIamUser({
            name: 'bob',
            inlinePolicies: [
              { name: 'AWSExposedCredentialPolicy_DO_NOT_REMOVE', document: readOnlyDocument },
            ],
          }),
        ),
        'iam.access-keys': [buildAccessKey()],
      },
      sightings: [
        { messageId: 'activeKeys', arn: userArn('alice') },
        { messageId: 'noActiveKeys', arn: userArn('bob') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
